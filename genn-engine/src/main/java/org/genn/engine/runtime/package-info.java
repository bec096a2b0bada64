/// Running models: the only stage that has state.
///
/// `Simulation` lowers, builds, opens and initialises a `ModelSpec` and runs its trials or steps;
/// views give access to its variables, spikes and parameters. `GeNNModel` is the mutable facade
/// with the method names of PyGeNN.
///
/// # Names of PyGeNN and names here
///
/// `GeNNModel` of PyGeNN 4.9 and 5. Properties are read by a method of their name and written by
/// `set` and their name.
///
/// | PyGeNN | here |
/// |---|---|
/// | `GeNNModel(precision, model_name, backend, time_precision)` | `new GeNNModel(precision, modelName, backend, timePrecision)` |
/// | preference keywords | `preferences`, `setPreferences(RuntimeSettings)` |
/// | `model_name`, `name` | `name` |
/// | `use_backend`, `backend_name` | `backendName`; `backend` names what runs once the model is loaded |
/// | `backend_log_level` and its like | the levels of the SLF4J loggers of `org.genn.engine` |
/// | `dT`, `dt` | `dt` |
/// | `t` (4.9: writable) | `t`, `setT` |
/// | `timestep` | `timestep`, `setTimestep` |
/// | `batch_size`, `seed`, `timing_enabled` | `batchSize`, `seed`, `timingEnabled` |
/// | `default_var_location`, `default_sparse_connectivity_location`, `default_narrow_sparse_ind_enabled` | `defaultVarLocation`, `defaultSparseConnectivityLocation`, `defaultNarrowSparseIndEnabled` |
/// | `fuse_postsynaptic_models` | `fusePostsynapticModels` |
/// | `fuse_pre_post_weight_update_models` | `fusePrePostWeightUpdateModels` |
/// | `free_device_mem_bytes` (4.9) | `freeDeviceMemBytes` |
/// | `num_neurons` | `numNeurons` |
/// | `neuron_populations`, `synapse_populations`, `current_sources`, `custom_updates`, `custom_connectivity_updates` | `neuronPopulations`, … |
/// | `genn_types` (4.9) | `org.genn.engine.snippet.NumericType` |
/// | `add_neuron_population` | `addNeuronPopulation` |
/// | `add_synapse_population` | `addSynapsePopulation` |
/// | `add_slave_synapse_population` (4.9) | `addSlaveSynapsePopulation` |
/// | `add_current_source` | `addCurrentSource` |
/// | `add_custom_update` | `addCustomUpdate` |
/// | `add_custom_connectivity_update` | `addCustomConnectivityUpdate` |
/// | `build(path, force_rebuild)`, `always_rebuild`, `never_rebuild` | `build()`, `build(path)`, `build(path, alwaysRebuild)`, `build(path, alwaysRebuild, neverRebuild)` |
/// | `load(num_recording_timesteps)` | `load`, `load(numRecordingTimesteps)` |
/// | `unload`, `end` (4.9) | `unload`, `end` |
/// | `reinitialise` (4.9) | `reinitialise` |
/// | `step_time` | `stepTime()`, `stepTime(steps)` |
/// | `custom_update(name)` | `customUpdate` |
/// | `pull_state_from_device`, `push_state_to_device` (4.9) | `pullStateFromDevice`, `pushStateToDevice` |
/// | `pull_spikes_from_device`, `pull_current_spikes_from_device` and `push_…` (4.9) | the same in camel case; the spikes are `NeuronPopulation.currentSpikes` |
/// | `pull_spike_events_from_device`, `pull_current_spike_events_from_device` and `push_…` (4.9) | the same in camel case; the events are `SynapsePopulation.currentPreSpikeEvents`, `currentPostSpikeEvents` |
/// | `pull_connectivity_from_device`, `push_connectivity_to_device` | the same in camel case |
/// | `pull_var_from_device`, `push_var_to_device` | `pullVarFromDevice`, `pushVarToDevice` |
/// | `pull_extra_global_param_from_device`, `push_…` | `pullExtraGlobalParamFromDevice`, `pushExtraGlobalParamToDevice` |
/// | `pull_recording_buffers_from_device` | `pullRecordingBuffersFromDevice` |
/// | `neuron_update_time`, `presynaptic_update_time`, `postsynaptic_update_time`, `synapse_dynamics_time`, `init_time`, `init_sparse_time` | the same in camel case |
/// | `get_custom_update_time`, `…_transpose_time`, `…_remap_time`, `…_host_time` | `getCustomUpdateTime`, … |
/// | `init_weight_update`, `init_postsynaptic` | `initWeightUpdate`, `initPostsynaptic` |
/// | `init_var`, `init_sparse_connectivity` (4.9: `init_connectivity`), `init_toeplitz_connectivity` | `initVar`, `initSparseConnectivity`, `initToeplitzConnectivity` |
/// | `create_var_init_snippet` (4.9: `create_custom_init_var_snippet_class`) | `new VariableInit(name, code)` |
/// | `create_sparse_connect_init_snippet` (4.9: `create_custom_sparse_connect_init_snippet_class`) | `new SparseInit(name)`; its `host_init_code` is `hostInitCode`, or in Java `hostArray` |
/// | `create_toeplitz_connect_init_snippet` | `ToeplitzPatterns.ofDiagonals` |
/// | `create_custom_neuron_class` and its like (4.9) | `new NeuronModel(name)` and its like |
/// | `create_dpf_class`, `create_cmlf_class`, `create_cksf_class` (4.9) | lambdas |
/// | `create_var_ref`, `create_psm_var_ref`, `create_wu_var_ref`, `create_wu_pre_var_ref`, `create_wu_post_var_ref`, `create_out_post_var_ref`, `create_spike_time_var_ref`, `create_prev_spike_time_var_ref`, `create_src_spike_count_var_ref`, `create_den_delay_var_ref` | the same in camel case |
/// | `create_pre_var_ref`, `create_post_var_ref` (of custom connectivity updates) | `createPreVarRef`, `createPostVarRef` |
/// | `create_wu_var_ref(sg, name, transpose_sg, transpose_name)` | `ModelCustomUpdate.transpose` |
/// | `create_egp_ref`, `create_psm_egp_ref`, `create_wu_egp_ref` | the same in camel case |
/// | `create_neuron_model`, … | `new NeuronModel(name)` and its like in `org.genn.engine.model` |
///
/// Populations, sources and updates:
///
/// | PyGeNN | here |
/// |---|---|
/// | `spike_recording_enabled`, `spike_event_recording_enabled`, `recording_zero_copy_enabled` | `spikeRecordingEnabled`, `spikeEventRecordingEnabled`, `recordingZeroCopyEnabled` |
/// | `spike_recording_data` | `spikeRecordingData` |
/// | `pre_spike_event_recording_data`, `post_spike_event_recording_data` | `preSpikeEventRecordingData`, `postSpikeEventRecordingData` |
/// | `vars`, `pre_vars`, `post_vars`, `psm_vars` | `vars`, `preVars`, `postVars`, `psmVars` |
/// | `extra_global_params`, `psm_extra_global_params` | `extraGlobalParams`, `psmExtraGlobalParams` |
/// | `connectivity_extra_global_params`, `toeplitz_connectivity_extra_global_params` | `connectivityExtraGlobalParams`, filled before `build` |
/// | `spike_times`, `prev_spike_times` | `spikeTimes`, `prevSpikeTimes` |
/// | `out_post` | `outPost` |
/// | `set_var_location`, `set_wu_var_location`, `set_ps_var_location` | `setVarLocation`, `setWuVarLocation`, `setPsVarLocation` |
/// | `set_wu_pre_var_location`, `set_wu_post_var_location` | `setWuPreVarLocation`, `setWuPostVarLocation` |
/// | `set_extra_global_param_location`, `set_wu_extra_global_param_location`, `set_ps_extra_global_param_location` | `setExtraGlobalParamLocation`, `setWuExtraGlobalParamLocation`, `setPsExtraGlobalParamLocation` |
/// | `set_spike_location` and its like | `setLocation(SpikeState, VarLocation)` |
/// | `set_param_dynamic`, `set_wu_param_dynamic`, `set_ps_param_dynamic` | `setParamDynamic`, `setWuParamDynamic`, `setPsParamDynamic` |
/// | `set_dynamic_param_value` | `setDynamicParamValue`, `setWuDynamicParamValue`, `setPsDynamicParamValue` |
/// | `matrix_type`, `kernel_size`, `sparse_connectivity_initialiser`, `toeplitz_connectivity_initialiser` | `connectivity` |
/// | `wu_initialiser`, `ps_initialiser` | `weightUpdate`, `postsynapse` |
/// | `axonal_delay_steps`, `back_prop_delay_steps`, `max_dendritic_delay_timesteps` | `axonalDelaySteps`, `backPropDelaySteps`, `maxDendriticDelayTimesteps` |
/// | `parallelism_hint`, `num_threads_per_spike` | `parallelismHint`, `numThreadsPerSpike`: accepted, without effect |
/// | `max_connections`, `max_source_connections`, `narrow_sparse_ind_enabled` | `setMaxConnections`, `setMaxSourceConnections`, `narrowSparseIndEnabled` |
/// | `output_location`, `sparse_connectivity_location`, `dendritic_delay_location` | `outputLocation`, `sparseConnectivityLocation`, `dendriticDelayLocation` |
/// | `set_sparse_connections`, `get_sparse_pre_inds`, `get_sparse_post_inds` | `setSparseConnections`, `sparsePreInds`, `sparsePostInds` |
/// | `target_var`, `post_target_var`, `pre_target_var` | `targetVar`, `postTargetVar`, `preTargetVar` |
/// | variable: `view`, `values`, `current_view`, `current_values` | `view`, `values`, `currentView`, `currentValues`, `setValues` |
/// | variable, array: `values` of a type other than `float` | `doubleValues`, `longValues` |
/// | variable: `extra_global_params` of its initialiser | `ModelVariable.extraGlobalParams`, filled before `build` |
/// | variable: all delay slots of `view`, `values` | `delays`, `values`, newest first |
/// | variable: `pull_from_device`, `push_to_device` | `pullFromDevice`, `pushToDevice` |
/// | array: `__cuda_array_interface__` | `VariableView.segment` |
/// | array: `set_init_values` | `setInitValues` |
///
/// # What differs on purpose
///
/// | GeNN | here | why |
/// |---|---|---|
/// | a variable without an initial value is refused | so it is by `GeNNModel`; in a `ModelSpec` it starts at 0 | so do states in the equations of the field; a name that is misspelt is refused by both |
/// | XORWOW, Philox or Mersenne Twister, by back end | Philox everywhere | a draw depends on neither threads nor back end, and can be repeated |
/// | postsynaptic models are fused though they read variables that start the same | only if nothing but the model's own code changes these | the host may set them for one group alone later |
/// | `DENSE_PROCEDURALG` without random initialisers; no references to groups with several delays | both work | nothing speaks against them |
@NullMarked
package org.genn.engine.runtime;

import org.jspecify.annotations.NullMarked;
