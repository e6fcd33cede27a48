#ifndef CADMINPAGE_H
#define CADMINPAGE_H

#include <stddef.h>

/// One file of the admin page, as it is served.
struct cadminpage_file {
    /// Name in the URL, without the slash; that of the page itself is empty.
    const char *name;
    const char *content_type;
    const unsigned char *bytes;
    size_t byte_count;
};

/// The file at `index`, or null behind the last one.
const struct cadminpage_file *cadminpage_file_at(size_t index);

#endif
