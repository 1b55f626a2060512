package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// parameter is a whole number in the query, with its default and the limits of what is accepted.
type parameter struct {
	name                       string
	fallback, minimum, maximum int
}

type values map[string]int

// readParameters reads the query of a request for path. Its errors are the wire contract's messages.
func readParameters(path string, known []parameter, query string) (values, error) {
	given := parseQuery(query)
	for name := range given {
		if !names(known, name) {
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
		// ParseUint takes digits alone; Atoi would let a sign pass.
		value, err := strconv.ParseUint(given[0], 10, 31)
		if err != nil || int(value) < p.minimum || int(value) > p.maximum {
			return 0, fmt.Errorf("%s must be a whole number from %d to %d", p.name, p.minimum, p.maximum)
		}
		return int(value), nil
	default:
		return 0, fmt.Errorf("%s is given more than once", p.name)
	}
}

// parseQuery reads a query as the URL standard does. url.ParseQuery drops what is malformed; here it must be seen.
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

// unescape leaves malformed text as it is: a stray % makes it no parameter's name and no number either way.
func unescape(text string) string {
	if unescaped, err := url.QueryUnescape(text); err == nil {
		return unescaped
	}
	return text
}

func names(known []parameter, name string) bool {
	for _, p := range known {
		if p.name == name {
			return true
		}
	}
	return false
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
