// Command go-net-http serves the workloads with Go's net/http: every request has a goroutine of its own,
// and WORKERS of them run at a time.
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
	"syscall"
)

// exitPortTaken is the status by which the wire contract tells a taken port from other failures.
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

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	listener, err := listen(settings)
	if err != nil {
		return err
	}
	silent := silentConnections{connections: map[net.Conn]struct{}{}}
	server := &http.Server{Handler: newHandler(), ConnState: silent.note}
	server.RegisterOnShutdown(silent.close)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return server.Shutdown(context.Background())
	}
}
