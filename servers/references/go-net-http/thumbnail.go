package main

import (
	"context"
	"fmt"
)

// boxSide is how many pixels of the picture one pixel of the thumbnail shows in each direction.
const boxSide = 8

// noises are the scales of the picture's smooth noise: the cells of each lattice, in pixels as a power of two, and its
// weight, in eighths.
var noises = []struct {
	cell, weight int
}{{7, 4}, {5, 2}, {3, 2}}

// scatter spreads the bits of a number over 32 bits (lowbias32).
func scatter(bits uint32) uint32 {
	bits = (bits ^ bits>>16) * 0x7feb352d
	bits = (bits ^ bits>>15) * 0x846ca68b
	return bits ^ bits>>16
}

// addNoise adds smooth noise to the light of each pixel: random values on a lattice, and weighted means between them.
func addNoise(light []uint16, width, height, seed, cell, weight int) {
	size := 1 << cell
	columns := width>>cell + 2
	start := scatter(uint32(seed + cell))
	lattice := func(row, column int) int {
		return int(scatter(start+uint32(row*columns+column)) & 255)
	}
	// rowOf is a row of the lattice with the means between its values, times the size of a cell.
	rowOf := func(row int) []int {
		values := make([]int, width)
		for x := range values {
			column, right := x>>cell, x&(size-1)
			values[x] = lattice(row, column)*(size-right) + lattice(row, column+1)*right
		}
		return values
	}
	above, below := rowOf(0), rowOf(1)
	for y := range height {
		down := y & (size - 1)
		if down == 0 && y > 0 {
			above, below = below, rowOf(y>>cell+1)
		}
		row := light[y*width : (y+1)*width]
		for x := range row {
			mean := (above[x]*(size-down) + below[x]*down) >> (2 * cell)
			row[x] += uint16(mean * weight)
		}
	}
}

// takePicture returns red, green and blue of each pixel, row by row.
func takePicture(width, height, seed int) []uint8 {
	light := make([]uint16, width*height)
	for _, noise := range noises {
		addNoise(light, width, height, seed, noise.cell, noise.weight)
	}
	pixels := make([]uint8, 0, 3*width*height)
	for pixel, eighths := range light {
		dusk := 255 * (pixel / width) / height
		grain := int(scatter(uint32(seed+pixel)) & 15)
		bright := int(eighths >> 3)
		pixels = append(pixels,
			uint8(bright*240>>8+grain),
			uint8((3*bright+dusk)*60>>8+grain),
			uint8((bright+255-dusk)*120>>8+grain))
	}
	return pixels
}

// thumbnail shrinks the picture by a box filter, to a file in the format PPM.
func thumbnail(ctx context.Context, width, seed int) []byte {
	defer measured(ctx)()
	height := 3 * width / 4
	pixels := takePicture(width, height, seed)
	columns, rows := width/boxSide, height/boxSide
	file := fmt.Appendf(nil, "P6\n%d %d\n255\n", columns, rows)
	for row := range rows {
		for column := range columns {
			corner := 3 * boxSide * (row*width + column)
			for colour := range 3 {
				sum := 0
				for y := range boxSide {
					left := corner + 3*y*width + colour
					for x := range boxSide {
						sum += int(pixels[left+3*x])
					}
				}
				file = append(file, uint8((sum+boxSide*boxSide/2)/(boxSide*boxSide)))
			}
		}
	}
	return file
}
