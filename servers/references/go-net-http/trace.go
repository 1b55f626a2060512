package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
)

// trace records where the time of one request went.
type trace struct {
	inFlight                int64
	waitNanos, computeNanos atomic.Int64
}

type traceKey struct{}

// traceOf returns the trace of a request, or nil if the request does not ask for one.
func traceOf(ctx context.Context) *trace {
	t, _ := ctx.Value(traceKey{}).(*trace)
	return t
}

// traced counts the requests inside handlers, and adds trace headers to the answers of requests with X-Trace: 1.
func traced(next http.Handler) http.Handler {
	var inFlight atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		here := inFlight.Add(1)
		defer inFlight.Add(-1)
		if r.Header.Get("X-Trace") != "1" {
			next.ServeHTTP(w, r)
			return
		}
		t := &trace{inFlight: here}
		ctx := context.WithValue(r.Context(), traceKey{}, t)
		next.ServeHTTP(tracedWriter{w, t}, r.WithContext(ctx))
	})
}

type tracedWriter struct {
	http.ResponseWriter
	trace *trace
}

var worker = strconv.Itoa(os.Getpid())

// WriteHeader adds the trace just before the headers are sent.
func (w tracedWriter) WriteHeader(status int) {
	header := w.Header()
	header.Set("Server-Timing", fmt.Sprintf("queue;dur=0, wait;dur=%.3f, compute;dur=%.3f",
		milliseconds(&w.trace.waitNanos), milliseconds(&w.trace.computeNanos)))
	header.Set("X-Worker", worker)
	header.Set("X-In-Flight", strconv.FormatInt(w.trace.inFlight, 10))
	w.ResponseWriter.WriteHeader(status)
}

func milliseconds(nanos *atomic.Int64) float64 {
	return float64(nanos.Load()) / 1e6
}
