/**
 * Which IP addresses the server may be sent to by a flow. Law: an address passes only when it is public unicast.
 * IPv4 is public unless it is in the IANA special-purpose registry (RFC 6890 and its updates) or is a cloud's metadata
 * service on a public address. IPv6 is the other way round: only 2000::/3 is public, less the parts of it that are
 * special or that carry an IPv4 address inside. So mapped, NAT64, unique local and link-local forms never pass.
 */
import { BlockList, isIP } from 'node:net'

/** What kind of inside address this is, for a sentence; undefined when it is a public one. */
export function insideKind(address: string): string | undefined {
  switch (isIP(address)) {
    case 4:
      return kindAmong(insideV4, address, 'ipv4')
    case 6:
      return (
        kindAmong(insideV6, address, 'ipv6') ?? (publicV6.check(address, 'ipv6') ? undefined : 'not public unicast')
      )
    default:
      return 'not an IP address'
  }
}

type Family = 'ipv4' | 'ipv6'
interface Range {
  readonly kind: string
  readonly list: BlockList
}

function kindAmong(ranges: readonly Range[], address: string, family: Family): string | undefined {
  return ranges.find((range) => range.list.check(address, family))?.kind
}

// One list a family: a BlockList that holds both takes an IPv4 address for its IPv6-mapped form.
function range(family: Family, kind: string, ...subnets: readonly string[]): Range {
  return { kind, list: listOf(family, subnets) }
}

function listOf(family: Family, subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [net = '', bits] = subnet.split('/')
    list.addSubnet(net, Number(bits), family)
  }
  return list
}

const insideV4 = [
  range('ipv4', 'loopback', '127.0.0.0/8'),
  range('ipv4', 'unspecified', '0.0.0.0/8'),
  range('ipv4', 'private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'),
  range('ipv4', 'shared by carriers', '100.64.0.0/10'),
  range('ipv4', 'link-local', '169.254.0.0/16'),
  range('ipv4', 'a cloud’s metadata service', '168.63.129.16/32'),
  range('ipv4', 'reserved', '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '240.0.0.0/4'),
  range('ipv4', 'for documentation', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'),
  range('ipv4', 'multicast', '224.0.0.0/4'),
]

const insideV6 = [
  range('ipv6', 'loopback', '::1/128'),
  range('ipv6', 'unspecified', '::/128'),
  range('ipv6', 'private', 'fc00::/7'),
  range('ipv6', 'link-local', 'fe80::/10', 'fec0::/10'),
  range('ipv6', 'multicast', 'ff00::/8'),
  range(
    'ipv6',
    'an IPv4 address in IPv6 clothes',
    '::/96',
    '::ffff:0:0/96',
    '::ffff:0:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2001::/32',
    '2002::/16',
  ),
  range('ipv6', 'reserved', '2001::/23', '100::/64'),
  range('ipv6', 'for documentation', '2001:db8::/32', '3fff::/20'),
]

const publicV6 = listOf('ipv6', ['2000::/3'])
