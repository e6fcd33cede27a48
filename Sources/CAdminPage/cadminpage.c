#include "cadminpage.h"

// `#embed` came with C23; this compiler has it in all of its languages and says so twelve times.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The files of the page, taken into the program as they stand.
#define FILE_BYTES(variable) static const unsigned char variable[] =

FILE_BYTES(page_html) {
#embed "assets/page.html"
};
FILE_BYTES(page_css) {
#embed "assets/page.css"
};
FILE_BYTES(page_js) {
#embed "assets/page.js"
};
FILE_BYTES(api_js) {
#embed "assets/api.js"
};
FILE_BYTES(connections_js) {
#embed "assets/connections.js"
};
FILE_BYTES(explain_js) {
#embed "assets/explain.js"
};
FILE_BYTES(format_js) {
#embed "assets/format.js"
};
FILE_BYTES(history_js) {
#embed "assets/history.js"
};
FILE_BYTES(list_js) {
#embed "assets/list.js"
};
FILE_BYTES(routes_js) {
#embed "assets/routes.js"
};
FILE_BYTES(traffic_js) {
#embed "assets/traffic.js"
};
FILE_BYTES(upstreams_js) {
#embed "assets/upstreams.js"
};

#define HTML "text/html; charset=utf-8"
#define CSS "text/css; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"

static const struct cadminpage_file files[] = {
    {"", HTML, page_html, sizeof page_html},
    {"page.css", CSS, page_css, sizeof page_css},
    {"page.js", SCRIPT, page_js, sizeof page_js},
    {"api.js", SCRIPT, api_js, sizeof api_js},
    {"connections.js", SCRIPT, connections_js, sizeof connections_js},
    {"explain.js", SCRIPT, explain_js, sizeof explain_js},
    {"format.js", SCRIPT, format_js, sizeof format_js},
    {"history.js", SCRIPT, history_js, sizeof history_js},
    {"list.js", SCRIPT, list_js, sizeof list_js},
    {"routes.js", SCRIPT, routes_js, sizeof routes_js},
    {"traffic.js", SCRIPT, traffic_js, sizeof traffic_js},
    {"upstreams.js", SCRIPT, upstreams_js, sizeof upstreams_js},
};

const struct cadminpage_file *cadminpage_file_at(size_t index) {
    return index < sizeof files / sizeof files[0] ? &files[index] : 0;
}
