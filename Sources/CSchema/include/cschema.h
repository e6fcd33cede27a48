#ifndef CSCHEMA_H
#define CSCHEMA_H

#include <stddef.h>

/// schema/wsroute.schema.json, as it stands in the repository.
const unsigned char *cschema_bytes(void);

/// Its size in bytes.
size_t cschema_byte_count(void);

#endif
