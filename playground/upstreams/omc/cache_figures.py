"""The figures of the cache server, all of them text, as its information command words them."""

from playground.upstreams.omc.rows import Row

# By section; what has no value below is 0.
_NAMES = {
    "server": (
        "redis_version redis_git_sha1 redis_git_dirty redis_build_id redis_mode os arch_bits monotonic_clock "
        "multiplexing_api atomicvar_api gcc_version process_id process_supervised run_id tcp_port "
        "server_time_usec uptime_in_seconds uptime_in_days hz configured_hz lru_clock executable config_file "
        "io_threads_active "
    ),
    "clients": (
        "connected_clients cluster_connections maxclients client_recent_max_input_buffer "
        "client_recent_max_output_buffer blocked_clients tracking_clients clients_in_timeout_table "
    ),
    "memory": (
        "used_memory used_memory_human used_memory_rss used_memory_rss_human used_memory_peak "
        "used_memory_peak_human used_memory_peak_perc used_memory_overhead used_memory_startup "
        "used_memory_dataset used_memory_dataset_perc allocator_allocated allocator_active allocator_resident "
        "total_system_memory total_system_memory_human used_memory_lua used_memory_vm_eval "
        "used_memory_lua_human used_memory_scripts_eval number_of_cached_scripts number_of_functions "
        "number_of_libraries used_memory_vm_functions used_memory_vm_total used_memory_vm_total_human "
        "used_memory_functions used_memory_scripts used_memory_scripts_human maxmemory maxmemory_human "
        "maxmemory_policy allocator_frag_ratio allocator_frag_bytes allocator_rss_ratio allocator_rss_bytes "
        "rss_overhead_ratio rss_overhead_bytes mem_fragmentation_ratio mem_fragmentation_bytes "
        "mem_not_counted_for_evict mem_replication_backlog mem_total_replication_buffers mem_clients_slaves "
        "mem_clients_normal mem_cluster_links mem_aof_buffer mem_allocator active_defrag_running "
        "lazyfree_pending_objects lazyfreed_objects "
    ),
    "persistence": (
        "loading async_loading current_cow_peak current_cow_size current_cow_size_age current_fork_perc "
        "current_save_keys_processed current_save_keys_total rdb_changes_since_last_save "
        "rdb_bgsave_in_progress rdb_last_save_time rdb_last_bgsave_status rdb_last_bgsave_time_sec "
        "rdb_current_bgsave_time_sec rdb_saves rdb_last_cow_size rdb_last_load_keys_expired "
        "rdb_last_load_keys_loaded aof_enabled aof_rewrite_in_progress aof_rewrite_scheduled "
        "aof_last_rewrite_time_sec aof_current_rewrite_time_sec aof_last_bgrewrite_status aof_rewrites "
        "aof_rewrites_consecutive_failures aof_last_write_status aof_last_cow_size module_fork_in_progress "
        "module_fork_last_cow_size aof_current_size aof_base_size aof_pending_rewrite aof_buffer_length "
        "aof_pending_bio_fsync aof_delayed_fsync "
    ),
    "stats": (
        "acl_access_denied_auth acl_access_denied_cmd acl_access_denied_key acl_access_denied_channel "
        "total_connections_received total_commands_processed instantaneous_ops_per_sec total_net_input_bytes "
        "total_net_output_bytes total_net_repl_input_bytes total_net_repl_output_bytes "
        "instantaneous_input_kbps instantaneous_output_kbps instantaneous_input_repl_kbps "
        "instantaneous_output_repl_kbps rejected_connections sync_full sync_partial_ok sync_partial_err "
        "expired_keys expired_stale_perc expired_time_cap_reached_count expire_cycle_cpu_milliseconds "
        "evicted_keys evicted_clients total_eviction_exceeded_time current_eviction_exceeded_time "
        "keyspace_hits keyspace_misses pubsub_channels pubsub_patterns pubsubshard_channels latest_fork_usec "
        "total_forks migrate_cached_sockets slave_expires_tracked_keys active_defrag_hits "
        "active_defrag_misses active_defrag_key_hits active_defrag_key_misses total_active_defrag_time "
        "current_active_defrag_time tracking_total_keys tracking_total_items tracking_total_prefixes "
        "unexpected_error_replies total_error_replies dump_payload_sanitizations total_reads_processed "
        "total_writes_processed io_threaded_reads_processed io_threaded_writes_processed reply_buffer_shrinks "
        "reply_buffer_expands "
    ),
    "replication": (
        "role connected_slaves master_failover_state master_replid master_replid2 master_repl_offset "
        "second_repl_offset repl_backlog_active repl_backlog_size repl_backlog_first_byte_offset "
        "repl_backlog_histlen "
    ),
    "cpu": (
        "used_cpu_sys used_cpu_user used_cpu_sys_children used_cpu_user_children used_cpu_sys_main_thread "
        "used_cpu_user_main_thread "
    ),
}
_VALUES = {
    "redis_version": "7.0.12",
    "redis_git_sha1": "00000000",
    "redis_mode": "standalone",
    "os": "Linux 5.4.0 x86_64",
    "arch_bits": "64",
    "monotonic_clock": "POSIX clock_gettime",
    "multiplexing_api": "epoll",
    "atomicvar_api": "c11-builtin",
    "gcc_version": "10.2.1",
    "process_id": "1",
    "process_supervised": "no",
    "tcp_port": "6379",
    "hz": "10",
    "configured_hz": "10",
    "executable": "/data/redis-server",
    "config_file": "",
    "maxclients": "10000",
    "client_recent_max_input_buffer": "20480",
    "used_memory": "2434312",
    "used_memory_human": "2.32M",
    "used_memory_peak_perc": "97.46%",
    "used_memory_dataset_perc": "71.21%",
    "maxmemory_human": "0B",
    "maxmemory_policy": "noeviction",
    "allocator_frag_ratio": "1.12",
    "mem_fragmentation_ratio": "3.36",
    "mem_allocator": "jemalloc-5.2.1",
    "rdb_last_bgsave_status": "ok",
    "aof_last_bgrewrite_status": "ok",
    "aof_last_write_status": "ok",
    "aof_last_rewrite_time_sec": "-1",
    "aof_current_rewrite_time_sec": "-1",
    "rdb_current_bgsave_time_sec": "-1",
    "keyspace_hits": "637154",
    "role": "master",
    "master_failover_state": "no-failover",
    "master_replid": "5" * 40,
    "master_replid2": "0" * 40,
    "second_repl_offset": "-1",
}


def figures(spent: float, keys: int, clients: int) -> Row:
    """Give all figures after so many seconds of running, with so many keys and clients."""
    moving = {
        "uptime_in_seconds": str(int(spent)),
        "uptime_in_days": str(int(spent // 86_400)),
        "connected_clients": str(clients),
        "total_commands_processed": str(5559 + int(spent) * 3),
        "used_cpu_sys": f"{spent * 0.002:.6f}",
        "used_cpu_user": f"{spent * 0.003:.6f}",
    }
    known = _VALUES | moving
    told: Row = {
        section: {name: known.get(name, "0") for name in text.split()} for section, text in _NAMES.items()
    }
    return told | {
        "cluster": {"cluster_enabled": "0"},
        "errorstats": {"errorstat_NOSCRIPT": "count=1"},
        "keyspace": {"db10": f"keys={keys},expires=2,avg_ttl=1739604", "db11": "keys=50,expires=0,avg_ttl=0"},
        "modules": {},
    }
