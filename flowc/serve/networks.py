"""Which addresses of the outside may be asked: those of the Internet, and of a private network only where it is named.

A name is resolved here once, and it is the address that was looked at to which a connection goes.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NetworkError(Exception):
    """An address that may not be asked; its text says why."""


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Networks by their spelling, `10.0.0.0/8`. Raises ValueError, with a sentence, for what is none."""
    return tuple(map(_network, names))


def _network(name: str) -> Network:
    try:
        network = ipaddress.ip_network(name, strict=False)
    except ValueError:
        raise ValueError(f"`{name}` is no network: write `10.0.0.0/8`, or an address alone") from None
    if "/" in name and network.network_address != ipaddress.ip_address(name.partition("/")[0]):
        raise ValueError(f"`{name}` is an address in a network: write `{network}`, or the address alone")
    return network


async def addresses(host: str, port: int, allowed: Sequence[Network]) -> list[str]:
    """The addresses of a host, every one of which may be asked."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for each in addresses:
        if not _may_be_asked(ipaddress.ip_address(each.partition("%")[0]), allowed):
            raise NetworkError(f"{each} is in a private network that is not among those allowed")
    return addresses


def _may_be_asked(address: _Address, allowed: Sequence[Network]) -> bool:
    inner = _carried(address) or address
    if any(each in network for each in (address, inner) for network in allowed if network.version == each.version):
        return True
    return all(each.is_global and not each.is_multicast for each in (address, inner))


def _carried(address: _Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
