#include "cschema.h"

// `#embed` came with C23; this compiler has it in all of its languages and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char bytes[] = {
#embed "../../schema/wsroute.schema.json"
};

const unsigned char *cschema_bytes(void) { return bytes; }

size_t cschema_byte_count(void) { return sizeof bytes; }
