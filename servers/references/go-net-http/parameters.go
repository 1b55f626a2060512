package main

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// parameter is a whole number in the query, with its default and its limits.
type parameter struct {
	name                       string
	fallback, minimum, maximum int
}

type values map[string]int

// readParameters reads the query of a request for path. Its error messages are part of the wire contract.
func readParameters(path string, known []parameter, query string) (values, error) {
	given := parseQuery(query)
	for name := range given {
		if !slices.ContainsFunc(known, func(p parameter) bool { return p.name == name }) {
			return nil, fmt.Errorf("unknown parameter; %s takes %s", path, list(known))
		}
	}
	read := make(values, len(known))
	for _, p := range known {
		value, err := p.read(given[p.name])
		if err != nil {
			return nil, err
		}
		read[p.name] = value
	}
	return read, nil
}

func (p parameter) read(given []string) (int, error) {
	switch len(given) {
	case 0:
		return p.fallback, nil
	case 1:
		// ParseUint accepts only digits; Atoi would accept a sign.
		value, err := strconv.ParseUint(given[0], 10, 31)
		if err != nil || int(value) < p.minimum || int(value) > p.maximum {
			return 0, fmt.Errorf("%s must be a whole number from %d to %d", p.name, p.minimum, p.maximum)
		}
		return int(value), nil
	default:
		return 0, fmt.Errorf("%s is given more than once", p.name)
	}
}

// parseQuery reads a query by the URL standard. Unlike url.ParseQuery, it keeps malformed pairs, to be refused.
func parseQuery(query string) url.Values {
	parsed := url.Values{}
	for piece := range strings.SplitSeq(query, "&") {
		if piece == "" {
			continue
		}
		name, value, _ := strings.Cut(piece, "=")
		parsed.Add(unescape(name), unescape(value))
	}
	return parsed
}

// unescape returns malformed text unchanged: with a stray % it is neither a parameter's name nor a number.
func unescape(text string) string {
	if unescaped, err := url.QueryUnescape(text); err == nil {
		return unescaped
	}
	return text
}

func list(known []parameter) string {
	if len(known) == 0 {
		return "none"
	}
	listed := make([]string, len(known))
	for i, p := range known {
		listed[i] = p.name
	}
	return strings.Join(listed, ", ")
}
