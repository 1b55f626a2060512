package main

import (
	"context"
	"time"
)

// wait parks the goroutine.
func wait(ctx context.Context, duration time.Duration) {
	start := time.Now()
	time.Sleep(duration)
	if t := traceOf(ctx); t != nil {
		t.waitNanos.Add(int64(time.Since(start)))
	}
}

// compute adds up fibonacci(n), computed `times` times, and adds the time to the request's trace.
func compute(ctx context.Context, n, times int) int {
	start := time.Now()
	sum := 0
	for range times {
		sum += fibonacci(n)
	}
	if t := traceOf(ctx); t != nil {
		t.computeNanos.Add(int64(time.Since(start)))
	}
	return sum
}

// fibonacci is the n-th Fibonacci number by naive double recursion.
func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}
