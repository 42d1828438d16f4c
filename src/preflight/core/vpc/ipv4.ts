/** A range of IPv4 addresses. */
export interface Ipv4Range {
  readonly first: number;
  readonly size: number;
}

/** The range that a CIDR block is. Undefined for what is none. */
export function ipv4Range(cidr: string): Ipv4Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) { return undefined; }
  const [, ...numbers] = match.map(Number);
  const prefix = numbers.pop()!;
  if (prefix > 32 || numbers.some(octet => octet > 255)) { return undefined; }
  const size = 2 ** (32 - prefix);
  const address = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: address - address % size, size };
}

export function containsRange(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size;
}

/** Two CIDR blocks either lie one in the other, or have nothing in common. */
export function rangesOverlap(one: Ipv4Range, other: Ipv4Range): boolean {
  return containsRange(one, other) || containsRange(other, one);
}

/** Addresses that only networks of their owner route (https://datatracker.ietf.org/doc/html/rfc1918, rfc6598). */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(cidr => ipv4Range(cidr)!);

export function isPrivateRange(range: Ipv4Range): boolean {
  return PRIVATE_RANGES.some(outer => containsRange(outer, range));
}
