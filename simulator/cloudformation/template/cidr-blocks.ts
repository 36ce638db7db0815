import { isIP } from 'node:net';
import { TemplateError } from './template-error';

/** "valid range is from 1 to 256": the page below. */
const MOST_BLOCKS = 256;

/**
 * The first blocks of that size within an IPv4 or IPv6 block, as `Fn::Cidr` gives them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 *
 * @param hostBits how many bits of the address a block leaves free
 */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] {
  const { version, address, prefix } = parse(block);
  const { bits } = version;
  if (!Number.isInteger(hostBits) || hostBits < 1 || prefix > bits - hostBits) {
    // Seen, with its repetition: https://github.com/eksctl-io/eksctl/pull/4904
    throw new TemplateError(`Template error: Template error: invalid CIDR block size ${hostBits}`);
  }
  // Guess: the words.
  if (!(count >= 1 && count <= MOST_BLOCKS)) throw new TemplateError(`Template error: Fn::Cidr gives 1 to ${MOST_BLOCKS} blocks, not ${count}`);
  if (BigInt(count) > 2n ** BigInt(bits - hostBits - prefix)) {
    throw new TemplateError(`Template error: Fn::Cidr cannot take ${count} blocks with ${hostBits} free bits from ${block}`);
  }
  const outerSize = 2n ** BigInt(bits - prefix);
  const first = address / outerSize * outerSize;
  const size = 2n ** BigInt(hostBits);
  return Array.from({ length: count }, (_, index) => `${version.write(first + BigInt(index) * size)}/${bits - hostBits}`);
}

interface Version {
  readonly bits: number;
  readonly read: (address: string) => bigint;
  readonly write: (address: bigint) => string;
}

const IPV4: Version = {
  bits: 32,
  read: (address) => joined(address.split('.').map(BigInt), 256n),
  write: (address) => parts(address, 4, 256n).join('.'),
};

const IPV6: Version = {
  bits: 128,
  read: (address) => joined(groupsOf(address).map((group) => BigInt(`0x${group}`)), 65536n),
  write: (address) => compressed(parts(address, 8, 65536n).map((group) => group.toString(16))),
};

function parse(block: string): { readonly version: Version; readonly address: bigint; readonly prefix: number } {
  const [address, prefix] = String(block).split('/');
  // An IPv6 address may end as an IPv4 address is written; a block's does not.
  const version = { 4: IPV4, 6: address.includes('.') ? undefined : IPV6 }[isIP(address)];
  // Guess: the words.
  if (!version || !/^\d+$/.test(prefix) || Number(prefix) > version.bits) throw new TemplateError(`Template error: Fn::Cidr got no CIDR block: ${block}`);
  return { version, address: version.read(address), prefix: Number(prefix) };
}

/** All eight, those among them that `::` stands for. */
function groupsOf(address: string): string[] {
  const [before, after] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  if (after === undefined) return before;
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}

/** `::` stands for the longest row of zeros, the first one of several: https://www.rfc-editor.org/rfc/rfc5952#section-4.2 */
function compressed(groups: readonly string[]): string {
  const rows = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].map(([row]) => row);
  const longest = rows.reduce((found, row) => row.length > found.length ? row : found, '');
  return longest === '' ? groups.join(':') : groups.join(':').replace(new RegExp(`(^|:)${longest}(:|$)`), '::');
}

function joined(values: readonly bigint[], base: bigint): bigint {
  return values.reduce((sum, value) => sum * base + value, 0n);
}

function parts(value: bigint, count: number, base: bigint): bigint[] {
  return Array.from({ length: count }, (_, index) => value / base ** BigInt(count - 1 - index) % base);
}
