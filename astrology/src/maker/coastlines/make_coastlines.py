"""Makes coastlines.txt from land-110m.json of the npm package world-atlas (Natural Earth, 1:110m).

Usage: python3 make_coastlines.py land-110m.json coastlines.txt

Each line is one ring: longitude and latitude of its first point, then the steps from point to
point, all in hundredths of a degree, separated by spaces. Steps of nothing are left out. A ring
that crosses the 180th meridian runs on beyond it, and stands a second time 360 degrees away; the
drawing cuts both at the frame. The ring round the south pole is closed along the frame.
"""

import json
import sys


def rings(topology):
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = []
                for index in ring:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    points.extend(arc if not points else arc[1:])
                yield points


def unrolled(ring):
    """The ring without jumps at the 180th meridian, and its twin where it leaves the map."""
    points = [ring[0]]
    shift = 0
    for before, (longitude, latitude) in zip(ring, ring[1:]):
        step = longitude - before[0]
        if abs(step) > 180:
            shift += -360 if step > 0 else 360
        points.append((longitude + shift, latitude))
    if abs(points[-1][0] - points[0][0]) > 180:
        points += [(points[-1][0], -90), (points[0][0], -90)]
    yield points
    if max(point[0] for point in points) > 180.001:
        yield [(longitude - 360, latitude) for longitude, latitude in points]
    if min(point[0] for point in points) < -180.001:
        yield [(longitude + 360, latitude) for longitude, latitude in points]


def main(source, target):
    with open(source, encoding="utf-8") as stream:
        topology = json.load(stream)
    lines = []
    for ring in (piece for whole in rings(topology) for piece in unrolled(whole)):
        x = y = 0
        numbers = []
        for longitude, latitude in ring:
            nx, ny = round(longitude * 100), round(latitude * 100)
            if numbers and (nx, ny) == (x, y):
                continue
            numbers += [nx - x, ny - y]
            x, y = nx, ny
        lines.append(" ".join(map(str, numbers)))
    with open(target, "w", encoding="ascii", newline="\n") as stream:
        stream.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
