/** Positions are [longitude, latitude] in degrees (WGS 84), as GeoJSON has them. A ring here is not closed. */
export type Position = [number, number];
export type Ring = Position[];
export type Polygonal =
  | { type: "Polygon"; coordinates: number[][][] }
  | { type: "MultiPolygon"; coordinates: number[][][][] };

const SEMI_MAJOR_M = 6378137;
const ECCENTRICITY_2 = 0.00669437999014;
const SQUARE_METERS_PER_SQUARE_MILE = 2589988.110336;
const DECIMALS = 6;

/** The area a ring encloses on the ellipsoid, in square miles. Good to 1 part in 10,000 for areas up to a county. */
export function squareMiles(ring: Ring): number {
  if (ring.length < 3) return 0;
  const origin = ring[0]!;
  const base = authalic(origin[1]);
  let twice = 0;
  ring.forEach((from, i) => {
    const to = ring[(i + 1) % ring.length]!;
    const [x1, y1] = [radians(from[0] - origin[0]), authalic(from[1]) - base];
    const [x2, y2] = [radians(to[0] - origin[0]), authalic(to[1]) - base];
    twice += x1 * y2 - x2 * y1;
  });
  return Math.abs(twice / 2) / SQUARE_METERS_PER_SQUARE_MILE;
}

/** Northing of the equal-area cylinder of the ellipsoid, times its radius: areas in (longitude, this) are true. */
function authalic(latitude: number): number {
  const s = Math.sin(radians(latitude));
  const e = Math.sqrt(ECCENTRICITY_2);
  const q = (1 - ECCENTRICITY_2) * (s / (1 - ECCENTRICITY_2 * s * s) + Math.atanh(e * s) / e);
  return (SEMI_MAJOR_M ** 2 * q) / 2;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** A square of so many square miles around a point. */
export function squareAround(center: Position, area: number): Ring {
  const half = Math.sqrt(area * SQUARE_METERS_PER_SQUARE_MILE) / 2;
  const dLat = half / 111132;
  const dLon = half / (111320 * Math.cos(radians(center[1])));
  const [lon, lat] = center;
  return ([[-1, 1], [1, 1], [1, -1], [-1, -1]] as const).map(([x, y]) => rounded([lon + x * dLon, lat + y * dLat]));
}

/** To a tenth of a meter: what a person can mean. */
export function rounded([lon, lat]: Position): Position {
  return [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
}

export function middle(a: Position, b: Position): Position {
  return rounded([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
}

/** The outer rings of a polygon or multipolygon. */
export function outerRings(shape: Polygonal): Ring[] {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return polygons.map((polygon) => open(polygon[0] as Position[]));
}

/** A GeoJSON ring without its repeated last position. */
export function open(ring: Position[]): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed ? ring.slice(0, -1) : [...ring];
}

export function polygon(ring: Ring): { type: "Polygon"; coordinates: Position[][] } {
  return { type: "Polygon", coordinates: [[...ring, ring[0]!]] };
}

/** West, south, east, north of positions; undefined where there are none. */
export function bounds(positions: Position[]): [number, number, number, number] | undefined {
  if (positions.length === 0) return undefined;
  const lons = positions.map((p) => p[0]);
  const lats = positions.map((p) => p[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Everything that is not inside the shape, for shading. */
export function outside(shape: Polygonal): { type: "Polygon"; coordinates: number[][][] } {
  const world = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return { type: "Polygon", coordinates: [world, ...polygons.map((rings) => rings[0]!)] };
}
