package main

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
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

// measured adds the time from its call until the returned function's to the request's trace.
func measured(ctx context.Context) func() {
	start := time.Now()
	return func() {
		if t := traceOf(ctx); t != nil {
			t.computeNanos.Add(int64(time.Since(start)))
		}
	}
}

// compute adds up fibonacci(n), computed `times` times.
func compute(ctx context.Context, n, times int) int {
	defer measured(ctx)()
	sum := 0
	for range times {
		sum += fibonacci(n)
	}
	return sum
}

// passwordKey is the PBKDF2-HMAC-SHA256 key of the workload's password.
func passwordKey(ctx context.Context, iterations int) []byte {
	defer measured(ctx)()
	key, err := pbkdf2.Key(sha256.New, "correct horse battery staple", []byte("concurrency-bench"), iterations, 32)
	if err != nil {
		panic(err) // only FIPS mode refuses such a short salt
	}
	return key
}

// fibonacci is the n-th Fibonacci number by naive double recursion.
func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}
