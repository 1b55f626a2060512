package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"unicode/utf8"
)

const (
	mostBodyBytes = 1024 * 1024
	mostQuantity  = 1_000
	mostCents     = 1_000_000
)

var (
	sku         = regexp.MustCompile(`^[!-~]{1,40}$`)
	errNotOrder = errors.New("the body must be JSON with a list of items, each with a sku, a quantity and a price in cents")
)

// order is what clients upload; a field that is missing or null is nil.
type order struct {
	Items *[]*struct {
		Sku             *string
		Quantity, Cents *int64
	}
}

// upload answers with the digest of the order in a request's body.
func upload(w http.ResponseWriter, r *http.Request) {
	if _, err := readParameters("/upload", nil, r.URL.RawQuery); err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	body, err := readBody(w, r)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		message := fmt.Sprintf("the body is larger than %d bytes\n", mostBodyBytes)
		respond(w, http.StatusRequestEntityTooLarge, message)
		return
	}
	if err != nil {
		return // the client has left
	}
	digest, err := digestOrder(r.Context(), body)
	if err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	respond(w, http.StatusOK, digest+"\n")
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > mostBodyBytes {
		return nil, &http.MaxBytesError{Limit: mostBodyBytes}
	}
	return io.ReadAll(http.MaxBytesReader(w, r.Body, mostBodyBytes))
}

func digestOrder(ctx context.Context, body []byte) (string, error) {
	defer measured(ctx)()
	var received order
	if !utf8.Valid(body) || json.Unmarshal(body, &received) != nil || received.Items == nil {
		return "", errNotOrder
	}
	hash := sha256.New()
	var total int64
	for _, item := range *received.Items {
		if item == nil || item.Sku == nil || item.Quantity == nil || item.Cents == nil ||
			!sku.MatchString(*item.Sku) ||
			*item.Quantity < 0 || *item.Quantity > mostQuantity || *item.Cents < 0 || *item.Cents > mostCents {
			return "", errNotOrder
		}
		fmt.Fprintf(hash, "%s %d %d\n", *item.Sku, *item.Quantity, *item.Cents)
		total += *item.Quantity * *item.Cents
	}
	return fmt.Sprintf("%d items, %d cents, sha256 %x", len(*received.Items), total, hash.Sum(nil)), nil
}
