package main

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	waitMs         = parameter{name: "ms", fallback: 50, minimum: 0, maximum: 60_000}
	fibonacciIndex = parameter{name: "n", fallback: 27, minimum: 0, maximum: 40}
	repetitions    = parameter{name: "times", fallback: 1, minimum: 1, maximum: 100_000}
	fanoutParts    = parameter{name: "parts", fallback: 8, minimum: 1, maximum: 64}
	fanoutIndex    = parameter{name: "n", fallback: 24, minimum: 0, maximum: 40}
	pictureWidth   = parameter{name: "width", fallback: 1200, minimum: 32, maximum: 2400}
	pictureSeed    = parameter{name: "seed", fallback: 1, minimum: 0, maximum: 1_000_000}
	iterations     = parameter{name: "iterations", fallback: 150_000, minimum: 1, maximum: 1_000_000}
)

// newHandler routes the workloads and the health check; its 404 and 405 answers follow the wire contract.
func newHandler(database *pgxpool.Pool) http.Handler {
	mux := http.NewServeMux()
	handle := func(path string, handler http.Handler) {
		mux.Handle("GET "+path, handler)
		mux.HandleFunc(path, methodNotAllowed("GET, HEAD"))
	}
	handle("/healthz", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, "ok\n")
	}))
	handle("/hello", workload{"/hello", nil, text(hello)})
	handle("/io", workload{"/io", []parameter{waitMs}, text(waitOnce)})
	handle("/cpu", workload{"/cpu", []parameter{fibonacciIndex, repetitions}, text(computeOnce)})
	handle("/fanout", workload{"/fanout", []parameter{fanoutParts, fanoutIndex}, text(computeInParts)})
	handle("/password", workload{"/password", []parameter{iterations}, text(hashPassword)})
	handle("/image", workload{"/image", []parameter{pictureWidth, pictureSeed}, shrinkPicture})
	mux.HandleFunc("POST /upload", upload)
	mux.HandleFunc("/upload", methodNotAllowed("POST"))
	handle("/product", queries{"/product", []parameter{productID}, database, readProduct})
	handle("/products", queries{"/products", []parameter{category}, database, listProducts})
	handle("/order", queries{"/order", []parameter{productID}, database, orderProduct})
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

func shrinkPicture(ctx context.Context, given values) answer {
	return answer{"application/octet-stream", thumbnail(ctx, given["width"], given["seed"])}
}

const plainText = "text/plain; charset=utf-8"

type answer struct {
	contentType string
	body        []byte
}

// text makes a function that answers with plain text one that workload can call.
func text(respond func(context.Context, values) string) func(context.Context, values) answer {
	return func(ctx context.Context, given values) answer {
		return answer{plainText, []byte(respond(ctx, given))}
	}
}

// workload answers the requests for one path, with parameters in the query.
type workload struct {
	path       string
	parameters []parameter
	answer     func(context.Context, values) answer
}

func (served workload) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given, err := readParameters(served.path, served.parameters, r.URL.RawQuery)
	if err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	send(w, http.StatusOK, served.answer(r.Context(), given))
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusNotFound, "not found\n")
}

func methodNotAllowed(allowed string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", allowed)
		respond(w, http.StatusMethodNotAllowed, "method not allowed\n")
	}
}

func respond(w http.ResponseWriter, status int, body string) {
	send(w, status, answer{plainText, []byte(body)})
}

func send(w http.ResponseWriter, status int, answer answer) {
	w.Header().Set("Content-Type", answer.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	w.WriteHeader(status)
	w.Write(answer.body)
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
