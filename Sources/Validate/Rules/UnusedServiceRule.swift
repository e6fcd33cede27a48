import Diagnostics

/// WR113: a service that nothing refers to is a leftover or a reference that was forgotten.
enum UnusedServiceRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for (index, name) in subject.serviceNames.names.enumerated()
        where !subject.serviceNames.isUsed(index) && subject.isUnused(name.value) {
            sink.warning(.unusedService, at: name.range, "nothing uses the service `\(name.value)`")
        }
    }
}
