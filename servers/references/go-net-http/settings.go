package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
)

// settings holds what the wire contract passes in the environment.
type settings struct {
	address          string
	workers, backlog int
}

func settingsFromEnvironment() (settings, error) {
	workers, err := positive("WORKERS")
	if err != nil {
		return settings{}, err
	}
	backlog, err := positive("BACKLOG")
	if err != nil {
		return settings{}, err
	}
	address := net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT"))
	return settings{address, workers, backlog}, nil
}

func positive(name string) (int, error) {
	value, err := strconv.Atoi(os.Getenv(name))
	if err != nil || value < 1 {
		return 0, fmt.Errorf("%s must be a whole number from 1, not %q", name, os.Getenv(name))
	}
	return value, nil
}

// listen is net.Listen with the given backlog; net.Listen always uses the kernel's maximum.
func listen(s settings) (net.Listener, error) {
	listener, err := net.Listen("tcp", s.address)
	if err != nil {
		return nil, err
	}
	socket, err := listener.(*net.TCPListener).SyscallConn()
	if err != nil {
		return nil, err
	}
	var failure error
	err = socket.Control(func(descriptor uintptr) {
		failure = syscall.Listen(int(descriptor), s.backlog)
	})
	if err != nil {
		return nil, err
	}
	return listener, failure
}
