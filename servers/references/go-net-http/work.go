package main

import (
	"context"
	"time"
)

// wait parks the goroutine.
func wait(ctx context.Context, duration time.Duration) {
	defer traceOf(ctx).measureWait()()
	time.Sleep(duration)
}

// compute adds up fibonacci(n), computed `times` times, and adds the time to the request's trace.
func compute(ctx context.Context, n, times int) int {
	defer traceOf(ctx).measureCompute()()
	sum := 0
	for range times {
		sum += fibonacci(n)
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
