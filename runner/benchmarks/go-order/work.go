package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"
)

// turns holds as many computations as may run at once; the others wait for theirs in the order in which they came.
var turns = make(chan struct{}, computeAtOnce())

func computeAtOnce() int {
	given := os.Getenv("COMPUTE_AT_ONCE")
	count, err := strconv.Atoi(given)
	if err != nil || count < 1 {
		fmt.Fprintf(os.Stderr, "COMPUTE_AT_ONCE must be a whole number from 1, not %q\n", given)
		os.Exit(1)
	}
	return count
}

func wait(ctx context.Context, duration time.Duration) {
	defer traceOf(ctx).measureWait()()
	time.Sleep(duration)
}

func compute(ctx context.Context, n, times int) int {
	turns <- struct{}{}
	defer func() { <-turns }()
	defer traceOf(ctx).measureCompute()()
	sum := 0
	for range times {
		sum += fibonacci(n)
	}
	return sum
}

func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}
