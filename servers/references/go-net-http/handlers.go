package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
)

var (
	waitMs         = parameter{name: "ms", fallback: 50, minimum: 0, maximum: 60_000}
	fibonacciIndex = parameter{name: "n", fallback: 27, minimum: 0, maximum: 40}
	repetitions    = parameter{name: "times", fallback: 1, minimum: 1, maximum: 100_000}
	fanoutParts    = parameter{name: "parts", fallback: 8, minimum: 1, maximum: 64}
	fanoutIndex    = parameter{name: "n", fallback: 24, minimum: 0, maximum: 40}
	iterations     = parameter{name: "iterations", fallback: 50_000, minimum: 1, maximum: 1_000_000}
)

// newHandler routes the workloads and the health check; its 404 and 405 answers follow the wire contract.
func newHandler() http.Handler {
	mux := http.NewServeMux()
	handle := func(path string, handler http.Handler) {
		mux.Handle("GET "+path, handler)
		mux.HandleFunc(path, methodNotAllowed)
	}
	handle("/healthz", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, "ok\n")
	}))
	handle("/hello", workload{"/hello", nil, hello})
	handle("/io", workload{"/io", []parameter{waitMs}, waitOnce})
	handle("/cpu", workload{"/cpu", []parameter{fibonacciIndex, repetitions}, computeOnce})
	handle("/fanout", workload{"/fanout", []parameter{fanoutParts, fanoutIndex}, computeInParts})
	handle("/password", workload{"/password", []parameter{iterations}, hashPassword})
	mux.HandleFunc("/", notFound)
	return traced(exactPaths(mux))
}

func hello(context.Context, values) string {
	return "hello, world\n"
}

func waitOnce(ctx context.Context, given values) string {
	wait(ctx, time.Duration(given["ms"])*time.Millisecond)
	return fmt.Sprintf("waited %d ms\n", given["ms"])
}

func computeOnce(ctx context.Context, given values) string {
	n, times := given["n"], given["times"]
	sum := compute(ctx, n, times)
	if times == 1 {
		return fmt.Sprintf("fib(%d) = %d\n", n, sum)
	}
	return fmt.Sprintf("%d * fib(%d) = %d\n", times, n, sum)
}

func computeInParts(ctx context.Context, given values) string {
	parts, n := given["parts"], given["n"]
	results := make(chan int, parts)
	for range parts {
		go func() { results <- compute(ctx, n, 1) }()
	}
	sum := 0
	for range parts {
		sum += <-results
	}
	return fmt.Sprintf("fanout(%d, %d) = %d\n", parts, n, sum)
}

func hashPassword(ctx context.Context, given values) string {
	return fmt.Sprintf("pbkdf2(%d) = %x\n", given["iterations"], passwordKey(ctx, given["iterations"]))
}

// workload answers the requests for one path, with parameters in the query.
type workload struct {
	path       string
	parameters []parameter
	answer     func(context.Context, values) string
}

func (served workload) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given, err := readParameters(served.path, served.parameters, r.URL.RawQuery)
	if err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	respond(w, http.StatusOK, served.answer(r.Context(), given))
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusNotFound, "not found\n")
}

func methodNotAllowed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	respond(w, http.StatusMethodNotAllowed, "method not allowed\n")
}

func respond(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, body)
}

// exactPaths answers 404 to paths that ServeMux would route only after it has decoded or cleaned them.
func exactPaths(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _, _ := strings.Cut(r.RequestURI, "?")
		if sent != r.URL.Path || sent != path.Clean(sent) {
			notFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
