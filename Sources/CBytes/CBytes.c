/* Everything is in the header. */
#include "CBytes.h"
