import { cidrBlocks } from '../../../simulator/cloudformation/template/cidr-blocks';

test.each<[string, number, number, string[]]>([
  ['10.0.0.0/16', 3, 8, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
  ['192.168.0.0/24', 6, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27', '192.168.0.96/27', '192.168.0.128/27', '192.168.0.160/27']],
  ['10.0.255.0/24', 1, 8, ['10.0.255.0/24']],
  ['10.0.5.7/16', 1, 4, ['10.0.0.0/28']],
  ['2001:db8:1:ff00::/56', 2, 64, ['2001:db8:1:ff00::/64', '2001:db8:1:ff01::/64']],
  ['2001:db8::/32', 2, 80, ['2001:db8::/48', '2001:db8:1::/48']],
  ['fd00:0:0:1:0:0:0:0/64', 2, 16, ['fd00:0:0:1::/112', 'fd00::1:0:0:1:0/112']],
])('%s gives %i blocks with %i free bits', (block, count, hostBits, blocks) => {
  expect(cidrBlocks(block, count, hostBits)).toEqual(blocks);
});

test.each<[string, number, number, RegExp]>([
  ['10.0.0.0/x', 1, 8, /no CIDR block: 10\.0\.0\.0\/x/],
  ['10.0.0.0', 1, 8, /no CIDR block/],
  ['10.0.0.0/33', 1, 8, /no CIDR block/],
  ['10.0.0/16', 1, 8, /no CIDR block/],
  ['2001:db8::/129', 1, 8, /no CIDR block/],
  ['Stack-Vpc-CidrBlock', 1, 8, /no CIDR block/],
  ['::ffff:10.0.0.0/96', 1, 8, /no CIDR block/],
  ['10.0.0.0/16', 8, 23, /invalid CIDR block size 23/],
  ['10.0.0.0/16', 1, NaN, /invalid CIDR block size NaN/],
  ['10.0.0.0/16', 0, 8, /1 to 256 blocks, not 0/],
  ['10.0.0.0/8', 257, 8, /1 to 256 blocks, not 257/],
  ['10.0.0.0/24', 3, 7, /cannot take 3 blocks with 7 free bits from 10\.0\.0\.0\/24/],
])('%s gives no %s blocks with %s free bits', (block, count, hostBits, reason) => {
  expect(() => cidrBlocks(block, count, hostBits)).toThrow(reason);
});
