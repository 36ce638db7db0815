import { TemplateError } from './template-error';

/**
 * The first blocks of that size within an IPv4 block, as `Fn::Cidr` gives them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 *
 * @param hostBits how many bits of the address a block leaves free
 */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] {
  const [address, prefix] = block.split('/');
  const octets = address.split('.').map(Number);
  if (octets.length !== 4) throw new TemplateError(`The simulator knows IPv4 blocks only in Fn::Cidr; got ${block}.`);
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - Number(prefix))) {
    throw new TemplateError(`Template error: Fn::Cidr cannot take ${count} blocks with ${hostBits} free bits from ${block}`);
  }
  return Array.from({ length: count }, (_, index) => `${addressOf(first + index * size)}/${32 - hostBits}`);
}

function addressOf(value: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(value / unit) % 256).join('.');
}
