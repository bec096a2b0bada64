package org.genn.engine.runtime;

import org.genn.engine.backend.OnNative;

@OnNative
class NativeDiagnosticsOfUpdatesTest extends DiagnosticsOfUpdatesTest {}
