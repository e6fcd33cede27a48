#ifndef WSROUTE_CRYPT_SHIM_H
#define WSROUTE_CRYPT_SHIM_H

#include <crypt.h>
#include <stdlib.h>

/* Memory for one thread's calls of crypt, 32 KiB that begin as zeros; NULL without memory. */
static inline void *ccrypt_workspace(void) { return calloc(1, sizeof(struct crypt_data)); }

/* The hash of a password in the way that `setting` says, in the workspace; NULL if there is no such way. */
static inline const char *ccrypt_hash(const char *password, const char *setting, void *workspace) {
    return crypt_rn(password, setting, workspace, (int)sizeof(struct crypt_data));
}

/* Whether the library knows the way of hashing that a setting asks for. */
static inline int ccrypt_knows(const char *setting) {
    int answer = crypt_checksalt(setting);
    return answer == CRYPT_SALT_OK || answer == CRYPT_SALT_METHOD_LEGACY || answer == CRYPT_SALT_TOO_CHEAP;
}

#endif
