"""Which parameters and body fields each operation has in the document; others are told as complaints."""

# Operation: parameters of the query / fields of the body.
_TEXT = """
get_current_user_info:  /
get_routers:  /
login:  / code password username uuid
logout:  /
get_omc_local_time: neId /
get_ne_state_all:  /
get_ne_state_udm: ne_id /
get_ne_state_omc: ne_id /
sync_alarms_from_ne:  /
post_alarm_smf:  / additionalText alarmCode alarmSource alarmStatus alarmTitle alarmType eventTime objectId perceivedSeverity specificProblem
post_alarm_amf:  / additionalText alarmCode alarmSource alarmStatus alarmTitle alarmType eventTime objectId perceivedSeverity specificProblem
post_ue_detach:  / detachResult detachTime imsi
post_ue_cm_state:  / changeTime imsi onlineNumber status
post_ue_auth_result:  / authCode authMessage authTime cellID gNBID imei imsi onlineNumber tacID
post_cdr_event_ims:  / CDR neName neType rmUID timestamp
get_cdr_file_ims: type /
patch_measure_task_smf: taskId /
create_measure_task_smf: id /
list_kpi_titles: neType /
query_kpi_data: neType neId startTime endTime interval /
delete_measure_task_smf: taskId /
create_trace_task:  / endTime interfaces neId neType startTime traceType
update_trace_task:  / endTime id interfaces neId neType signalPort srcIp startTime traceType
delete_trace_task: id /
create_measure_task_amf: id /
post_measure_report_smf:  / NeType id
capture_ne_pcap:  / cmd neId neType timeout timestamp
post_measurement_smf:  / Datas Dn Index NeName NeType Period PmVersion RmUID StartTime TimeZone
capture_upf_pcap:  / cmd neId neType runType timestamp
download_pcap: neType neId fileName /
update_ne_info: ne_id / dn province pvFlag vendorName
create_ne_info: ne_id / dn ip neId neName neType port province pvFlag vendorName
delete_ne_info: ne_id /
get_software:  /
upload_software:  / file
export_ne_cm: ne_id /
import_ne_cm: ne_id / fileName
delete_ne_cm_file: ne_id / fileName
activate_software:  /
rollback_software:  / file
distribute_software:  / file
get_udm_config_system: ne_id loc /
update_udm_config_system: subsys_no / capacity priority
create_udm_config_system: subsys_no / capacity priority
delete_udm_config_system: subsys_no /
get_udm_config_subs_ue_ambr:  /
get_udm_config_smf_selection:  /
get_amf_config_guami:  /
get_subscriber:  /
delete_subscriber:  /
add_subscriber:  / ambr apnContext ard arfb cn contextId epsDat epsFlag epsOdb epstpl hplmnOdb imsi msisdn nssai rat sar smData smfSel staticIp
update_subscriber:  / ambr apnContext ard arfb cn contextId epsDat epsFlag epsOdb epstpl hplmnOdb imsi msisdn nssai rat sar smData smfSel staticIp
batch_add_subscribers:  / ambr apnContext ard arfb cn contextId epsDat epsFlag epsOdb epstpl hplmnOdb imsi msisdn nssai rat sar smData smfSel staticIp
batch_delete_subscribers:  /
export_subscribers:  / neId type
reload_subscribers:  /
import_subscribers:  / file neId
list_subscribers: msisdn imsi neId sortField sortOrder pageNum pageSize /
list_auth_data: neId imsi msisdn sortField sortOrder pageNum pageSize /
get_auth_data: pageNum pageSize /
delete_auth_data:  /
reload_auth_data:  /
add_auth_data:  / algoIndex amf imsi ki opc
update_auth_data:  / algoIndex amf imsi ki opc
batch_add_auth_data:  / algoIndex amf imsi ki opc
batch_delete_auth_data:  /
export_auth_data:  / neId type
import_auth_data:  / file neId
query_pcf_ue: imsi msisdn neId /
add_pcf_ue: neId / hdrEnrich imsi msisdn pccRules qosAudio qosVideo rfsp sar sessRules uePolicy
update_pcf_ue: imsi msisdn neId / hdrEnrich imsi msisdn pccRules qosAudio qosVideo rfsp sar sessRules uePolicy
delete_pcf_ue: imsi neId /
batch_add_pcf_ue: neId / hdrEnrich imsi msisdn neId num pccRules qosAudio qosVideo rfsp sar sessRules uePolicy
batch_update_pcf_ue: neId / hdrEnrich imsi msisdn pccRules qosAudio qosVideo rfsp sar sessRules uePolicy
batch_delete_pcf_ue: neId imsi /
export_pcf_ue: neId fileType /
import_pcf_ue: neId filePath fileType / filePath hdrEnrich imsi msisdn neId pccRules qosAudio qosVideo rfsp sar sessRules type uePolicy
query_n3iwf_ue: imsi neId /
get_amf_nb_info: nbId neId /
get_ims_ue_info: imsi neId /
get_smf_ue_info: neId imsi msisdn upstate /
get_smf_ue_num: neId /
get_ne_info: neType neId /
push_file_to_ne:  / neId neType uploadPath
run_mml_udm: ne_id / mml
run_mml_omc: ne_id / mml
list_departments: status deptName /
list_departments_excluding:  /
get_department_tree: status deptName /
get_role_department_tree:  /
create_department:  / deptName email leader orderNum parentId parentName phone status
update_department:  / deptId deptName email leader orderNum parentId parentName phone status
delete_department:  /
get_department:  /
list_menus: menuName status /
get_menu:  /
delete_menu:  /
update_menu:  / component icon isCache isFrame menuId menuName menuSort menuType parentId path perms remark status visible
create_menu:  / component icon isCache isFrame menuName menuSort menuType parentId path perms remark status visible
get_role_menu_tree:  /
get_menu_tree: menuName status /
list_positions: postCode postName status pageNum pageSize /
export_positions:  / configName pageNum pageSize postCode status
get_position:  /
create_position:  / phone postCode postName postSort remark
update_position:  / phone postCode postId postName postSort remark
delete_positions:  /
get_user_profile:  /
update_user_profile:  / email nickName phonenumber sex
upload_avatar:  / file
update_own_password:  / newPassword oldPassword
list_roles: roleName roleKey status beginTime endTime /
list_role_users: userName phonenumber status roleId allocated pageNum pageSize /
get_role:  /
update_role:  / dataScope menuCheckStrictly menuIds remark roleId roleKey roleName roleSort status
create_role:  / dataScope menuCheckStrictly menuIds remark roleKey roleName roleSort status
delete_roles:  /
update_role_status:  / roleId status
update_role_data_scope:  / dataScope deptCheckStrictly menuIds roleId
export_roles:  / beginTime endTime roleKey roleName status
assign_role_users:  / checked roleId userIds
list_users: userName phonenumber status beginTime endTime deptId pageNum pageSize /
get_user:  /
create_user:  / avatar deptId email nickName password phonenumber postIds remark roleIds sex status userName userType
update_user:  / avatar deptId email nickName phonenumber postIds remark roleIds sex status userId userName userType
export_users:  / beginTime deptId endTime pageNum pageSize phonenumber status userName
import_users:  / file updateSupport
delete_users:  /
reset_user_password:  / password userId
update_user_status:  / status userId
list_online_users: userName ipaddr /
force_logout_user:  /
list_dict_types: dictName dictType status beginTime endTime pageNum pageSize /
get_dict_type:  /
export_dict_types:  / beginTime dictName dictType endTime pageNum pageSize status
create_dict_type:  / dictName dictType remark status
update_dict_type:  / dictId dictName dictType remark status
delete_dict_types:  /
list_dict_type_options:  /
refresh_dict_cache:  /
export_dict_data:  / beginTime dictLabel dictType endTime pageNum pageSize status
list_dict_data: dictType dictLabel status pageNum pageSize /
get_dict_data:  /
list_dict_data_by_type:  /
create_dict_data:  / dictLabel dictSort dictType dictValue remark status tagClass tagType
update_dict_data:  / dictCode dictLabel dictSort dictType dictValue remark status tagClass tagType
delete_dict_data:  /
list_configs: configName configKey configType beginTime endTime pageNum pageSize /
export_configs:  / beginTime configKey configName endTime pageNum pageSize
get_config_value:  /
get_config:  /
create_config:  / configKey configName configType configValue remark
update_config:  / configId configKey configName configType configValue remark
update_config_value:  / key value
delete_configs:  /
refresh_config_cache:  /
get_cache_info:  /
list_cache_names:  /
list_cache_keys:  /
get_cache_value:  /
delete_cache_key:  /
delete_cache_name:  /
clear_cache_safe:  /
export_job_logs:  / beginTime endTime jobGroup jobName pageNum pageSize status
list_job_logs: jobName jobGroup status pageNum pageSize /
get_job_log:  /
delete_job_logs:  /
clean_job_logs:  /
export_jobs:  / jobGroup jobName pageNum pageSize status
list_jobs: jobName jobGroup status pageNum pageSize /
get_job:  /
create_job:  / concurrent cronExpression invokeTarget jobGroup jobName misfirePolicy remark status targetParams
update_job:  / concurrent cronExpression invokeTarget jobGroup jobId jobName misfirePolicy remark status targetParams
delete_jobs:  /
update_job_status:  / jobId status
run_job_once:  /
reset_job_queue:  /
list_operation_logs: title operName businessType status beginTime endTime pageNum pageSize /
export_operation_logs:  / beginTime businessType endTime operName pageNum pageSize status title
clean_operation_logs:  /
delete_operation_logs:  /
list_login_logs: ipaddr userName status beginTime endTime pageNum pageSize /
export_login_logs:  / beginTime endTime ipaddr pageNum pageSize status userName
clean_login_logs:  /
unlock_login_user:  /
delete_login_logs:  /
get_server_info:  /
get_server_load: type startTime endTime neType neId name /
get_home:  /
get_captcha:  /
get_system_config:  /
upload_help_document:  / language uploadPath
upload_file:  / file subPath
check_file_chunks:  / fileName identifier
upload_file_chunk:  / file identifier index
merge_file_chunks:  / fileName identifier subPath
download_file:  /
register_account:  / code confirmPassword password username uuid
query_table_alarm_sql: SQL /
query_table_ne_info_where: WHERE /
query_table_ne_state_multi_sql: SQL PAGE LIMIT /
insert_table_alarm_log:  / alarm_log
update_table_user: WHERE / user
update_table_measure_task:  / measure_task
delete_table_alarm: WHERE /
"""
# Spellings that stand for a documented one, and what the document means where it writes something else.
_BESIDE = {
    "query_table_alarm_sql": ("WHERE", "PAGE", "LIMIT"),
    "query_table_ne_info_where": ("SQL", "PAGE", "LIMIT"),
    "query_table_ne_state_multi_sql": ("SQL[]", "WHERE"),
    "create_position": ("status",),
    "update_position": ("status",),
    "create_job": ("saveLog",),
    "update_job": ("saveLog",),
    "export_positions": ("postName",),
}


def _read() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    names = {}
    for line in _TEXT.strip().splitlines():
        operation, _, rest = line.partition(":")
        query, _, body = rest.partition("/")
        beside = _BESIDE.get(operation, ())
        names[f"omc.{operation}"] = frozenset((*query.split(), *beside)), frozenset((*body.split(), *beside))
    return names


DOCUMENTED = _read()
