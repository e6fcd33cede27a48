import RouteTable

/// What log lines say of the rule that took a request; nothing where none did.
extension LoadedTable {
    @_lifetime(borrow self)
    func loggedName(of route: RouteIndex?) -> RawSpan {
        guard let route else { return RawSpan() }
        // SAFETY: the name lies in the memory that this value owns.
        return unsafe _overrideLifetime(name(of: route), borrowing: self)
    }

    @_lifetime(borrow self)
    func loggedFile(of route: RouteIndex?) -> RawSpan {
        guard let route else { return RawSpan() }
        // SAFETY: the file lies in the memory that this value owns.
        return unsafe _overrideLifetime(file(of: route), borrowing: self)
    }

    func loggedLine(of route: RouteIndex?) -> UInt32 {
        guard let route else { return 0 }
        return line(of: route)
    }
}
