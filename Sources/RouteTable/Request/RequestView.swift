/// All that matching may look at in one request. Borrows the head; owns nothing.
package struct RequestView: ~Escapable {
    /// The bytes that all ranges refer to.
    package let head: RawSpan
    /// The field lines, in the order in which they came.
    package let fields: Span<HeaderField>
    /// The method token.
    package let method: ByteRange
    /// The host as the client named it: the Host field or the authority of an absolute target,
    /// possibly with a port. Not canonical.
    package let host: ByteRange
    /// The path of the target as it came, without the query. Not canonical.
    package let path: ByteRange
    /// What follows the first `?` of the target; empty if there is none.
    package let query: ByteRange
    /// The port that `port:` of a host rule is compared with: the listener's, or what `--listen` says.
    package let listenerPort: UInt16
    package let requestProtocol: RequestProtocol
    package let client: ClientAddress

    @_lifetime(copy head, copy fields)
    package init(
        head: RawSpan,
        fields: Span<HeaderField>,
        method: ByteRange,
        host: ByteRange,
        path: ByteRange,
        query: ByteRange,
        listenerPort: UInt16,
        requestProtocol: RequestProtocol,
        client: ClientAddress
    ) {
        self.head = head
        self.fields = fields
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.listenerPort = listenerPort
        self.requestProtocol = requestProtocol
        self.client = client
    }
}
