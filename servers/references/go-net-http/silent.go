package main

import (
	"net"
	"net/http"
	"sync"
)

// silentConnections are those on which nothing has come yet. Shutdown would give each of them 5 s to speak.
type silentConnections struct {
	mutex       sync.Mutex
	connections map[net.Conn]struct{}
}

func (s *silentConnections) note(connection net.Conn, state http.ConnState) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if state == http.StateNew {
		s.connections[connection] = struct{}{}
	} else {
		delete(s.connections, connection)
	}
}

func (s *silentConnections) close() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for connection := range s.connections {
		connection.Close()
	}
}
