import RouteTable

/// What log lines say of the rule that took a request; nothing where none did.
extension LoadedTable {
    @_lifetime(borrow self)
    func loggedName(of route: RouteIndex?) -> RawSpan {
        guard let route else { return RawSpan() }
        return name(of: route)
    }

    @_lifetime(borrow self)
    func loggedFile(of route: RouteIndex?) -> RawSpan {
        guard let route else { return RawSpan() }
        return file(of: route)
    }

    func loggedLine(of route: RouteIndex?) -> UInt32 {
        guard let route else { return 0 }
        return line(of: route)
    }
}
