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
)

// newHandler routes every workload and the health check, and answers 404 and 405 as the wire contract says.
func newHandler() http.Handler {
	mux := http.NewServeMux()
	handle := func(path string, handler http.Handler) {
		mux.Handle("GET "+path, handler)
		mux.HandleFunc(path, methodNotAllowed)
	}
	handle("/healthz", http.HandlerFunc(healthz))
	handle("/hello", workload{"/hello", nil, hello})
	handle("/io", workload{"/io", []parameter{waitMs}, wait})
	handle("/cpu", workload{"/cpu", []parameter{fibonacciIndex}, compute})
	mux.HandleFunc("/", notFound)
	return traced(exactPaths(mux))
}

func hello(context.Context, values) string {
	return "hello, world\n"
}

func wait(ctx context.Context, given values) string {
	ms := given["ms"]
	defer traceOf(ctx).measureWait()()
	time.Sleep(time.Duration(ms) * time.Millisecond)
	return fmt.Sprintf("waited %d ms\n", ms)
}

func compute(ctx context.Context, given values) string {
	n := given["n"]
	defer traceOf(ctx).measureCompute()()
	return fmt.Sprintf("fib(%d) = %d\n", n, fibonacci(n))
}

// fibonacci is the n-th Fibonacci number by naive double recursion.
func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}

// workload answers requests for one path, whose query holds its parameters.
type workload struct {
	path       string
	parameters []parameter
	answer     func(context.Context, values) string
}

func (l workload) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given, err := readParameters(l.path, l.parameters, r.URL.RawQuery)
	if err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	respond(w, http.StatusOK, l.answer(r.Context(), given))
}

func healthz(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, "ok\n")
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

// exactPaths answers 404 to paths that ServeMux would decode or tidy into ones that it knows.
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
