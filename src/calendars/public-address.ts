import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose addresses (RFC 6890 and its registry), and the one at which Azure's machines ask for secrets. */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Of what is given out as global unicast: protocols and tunnels (Teredo, ORCHID), documentation, 6to4, AS112. */
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** All that is given out as global unicast. Whatever wraps an IPv4 address (`::ffff:`, `64:ff9b::`) lies outside it. */
const globalIpv6 = listOf(['2000::/3'], 'ipv6');
const refusedIpv4 = listOf(specialIpv4, 'ipv4');
const refusedIpv6 = listOf(specialIpv6, 'ipv6');

/** Whether an address belongs to the open internet, so that reaching it reaches nobody's inside. No name is one. */
export function isPublic(ip: string): boolean {
  // An address with a zone (`2000::1%eth0`) means one of this machine's own networks.
  if (ip.includes('%')) return false;
  const version = isIP(ip);
  if (version === 4) return !refusedIpv4.check(ip, 'ipv4');
  return version === 6 && globalIpv6.check(ip, 'ipv6') && !refusedIpv6.check(ip, 'ipv6');
}

function listOf(subnets: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', bits] = subnet.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}
