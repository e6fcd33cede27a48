extension Explanation {
    /// Where the request goes, in a few words: `/ws/* (routes.yaml:9), to chat`.
    package var wayText: String {
        let place = route.map { "\($0.pattern) (\($0.place.text)), " } ?? ""
        let end = service.map { "to \($0)" + (forwardPath.map { " as \($0)" } ?? "") }
        return place + (end ?? status.map { "status \($0)" } ?? verdict)
    }
}
