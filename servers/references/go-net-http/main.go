// Command go-net-http serves the workloads with Go's net/http: each request runs in a goroutine of its own,
// and at most WORKERS goroutines run at a time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
)

// exitPortTaken is the wire contract's exit status for a port that is taken.
const exitPortTaken = 98

func main() {
	version := flag.Bool("version", false, "print the version of Go that built this, and exit")
	flag.Parse()
	if *version {
		fmt.Println(runtime.Version())
		return
	}
	err := run()
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "go-net-http:", err)
	if errors.Is(err, syscall.EADDRINUSE) {
		os.Exit(exitPortTaken)
	}
	os.Exit(1)
}

// run serves until SIGTERM or SIGINT, then drains.
func run() error {
	settings, err := settingsFromEnvironment()
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(settings.workers)

	database, err := openDatabase()
	if err != nil {
		return err
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	listener, err := listen(settings)
	if err != nil {
		return err
	}
	silent := silentConnections{connections: map[net.Conn]struct{}{}}
	server := &http.Server{Handler: newHandler(database), ConnState: silent.onState}
	server.RegisterOnShutdown(silent.closeAll)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return server.Shutdown(context.Background())
	}
}

// silentConnections holds the connections that have sent nothing yet: Shutdown would wait 5 s for each.
type silentConnections struct {
	mutex       sync.Mutex
	connections map[net.Conn]struct{}
}

func (s *silentConnections) onState(connection net.Conn, state http.ConnState) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if state == http.StateNew {
		s.connections[connection] = struct{}{}
	} else {
		delete(s.connections, connection)
	}
}

func (s *silentConnections) closeAll() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for connection := range s.connections {
		connection.Close()
	}
}
