/// The answer of a route with `respond`. The spans live in the table.
package struct StaticResponse: ~Escapable {
    package let status: UInt16
    package let contentType: RawSpan
    package let body: RawSpan

    @_lifetime(copy contentType, copy body)
    package init(status: UInt16, contentType: RawSpan, body: RawSpan) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
