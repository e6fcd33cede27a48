package import TableFormat

/// What the command line of wsproxy says.
package struct ProxyOptions: Sendable {
    /// More threads than any machine of today has cores.
    package static let workerCountMax = 256
    package static let drainMillisecondsDefault = 30_000

    /// The table file.
    package var routesPath: String
    /// The file with the public key that has to have signed the table. nil: no signature is asked for.
    package var verificationKeyPath: String?
    /// The file with the secret that affinity cookies are signed with. nil: one of this process.
    package var affinityKeyPath: String?
    /// Replace all listeners of the table, unless empty.
    package var listen: [ListenOption] = []
    /// nil: what the table says.
    package var workerCount: Int?
    /// Load and verify, say so, and end.
    package var checksOnly = false
    package var pidPath: String?
    /// nil: there is no admin listener.
    package var admin: AdminAddress?
    /// The file with the token of the admin listener.
    package var adminTokenPath: String?
    package var logFormat = LogFormat.text
    package var logLevel = LogLevel.info
    /// How long exchanges may go on after SIGTERM.
    package var drainMilliseconds = ProxyOptions.drainMillisecondsDefault

    /// What one request may cost at most. A table that states more is refused.
    package var ceilings = WorstCaseCeilings.standard

    package init(routesPath: String) { self.routesPath = routesPath }
}
