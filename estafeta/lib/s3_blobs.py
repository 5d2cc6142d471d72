"""Files in a storage that speaks S3; needs the extra `s3` (django-storages, boto3)."""

from __future__ import annotations

from typing import IO, Any, cast

from storages.backends.s3 import S3Storage


class S3Blobs(S3Storage):
    """Read in parts: the library itself would bring the whole file into memory."""

    default_acl = None
    file_overwrite = True
    querystring_auth = False

    def part(self, name: str, first: int, last: int) -> IO[bytes]:
        """The bytes from `first` to `last`, as they come."""
        key = self._normalize_name(name)
        answer: Any = self.bucket.Object(key).get(Range=f"bytes={first}-{last}")
        return cast(IO[bytes], answer["Body"])
