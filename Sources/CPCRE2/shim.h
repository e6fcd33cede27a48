/* PCRE2 picks its function names from this macro, so it must come before the include. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
