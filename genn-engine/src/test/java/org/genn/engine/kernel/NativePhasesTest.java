package org.genn.engine.kernel;

import org.genn.engine.backend.OnNative;

@OnNative
class NativePhasesTest extends PhasesTest {}
