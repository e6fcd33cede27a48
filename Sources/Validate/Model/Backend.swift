/// One member of a service.
package struct Backend: Sendable {
    package var url: Located<UpstreamURL>
    /// 1 to 65,535. Counts for the weighted strategies.
    package var weight: UInt32

    package init(url: Located<UpstreamURL>, weight: UInt32) {
        self.url = url
        self.weight = weight
    }
}
