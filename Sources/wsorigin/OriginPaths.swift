/// What the help says about the paths.
enum OriginPaths {
    static let description = """
        /                 the demonstration page
        /echo             the request as JSON
        /status/N         an answer with that status
        /bytes/N          N bytes with Content-Length
        /chunked/N        N chunks
        /drip/N/MS        N chunks, one each MS milliseconds
        /close/N          N bytes that end with the connection
        /slow/MS          an answer after MS milliseconds
        /hints            103 Early Hints, then the answer
        /sse              ticks; ?interval=MS and ?count=N
        /statistics       counters of the server as JSON
        /fault/NAME       a way to misbehave: close, reset, hang, garbage, close-in-head,
                          close-in-body, reset-in-body, close-in-chunk, bad-chunk-size,
                          bad-accept, 101-without-upgrade, huge-head and others
        any, with upgrade an echoing WebSocket; besides echoing,
        /ws/close/CODE    closes with the code after the first message
        /ws/drop          ends without a Close after the first message
        /ws/reset         resets the connection after the first message
        /ws/greet/N       sends N messages together with the handshake
        /ws/silent        never answers
        """
}
