"""Requests to addresses that people typed: they reach the outside, never what stands around this server.

An address is resolved, what came out is judged, and exactly that is connected to: a name that says
something else a moment later gains nothing. Redirects are not followed, answers are cut, time is
limited. Whoever runs the installation may name hosts and networks inside that are meant
(ESTAFETA_INSIDE_ADDRESSES).
"""

from estafeta.lib.outside.addresses import Refused, check
from estafeta.lib.outside.proxies import Proxy, proxy_of
from estafeta.lib.outside.ways import Answer, Unreachable, Way

__all__ = ["Answer", "Proxy", "Refused", "Unreachable", "Way", "check", "proxy_of"]
