/* The system's types come from Swift's Glibc: read anew here they would be CAres's own, and every file that
   names a socket address would have to import CAres. */
#pragma clang module import SwiftGlibc
#include <ares.h>
