"""Which documented operations serve the fields that join sources: the lineage that `@rest` prints on them."""

from typing import Any

from adapters.operation import Effect
from adapters.records import Dialect
from resolvers.lineage import Rest
from resolvers.vendors import OPERATIONS

SERVED: dict[str, str] = {
    "Query.users": "omc.list_users beaver.search_users supos.list_users idaas.page_users",
    "Query.roles": "omc.list_roles beaver.search_roles supos.list_users idaas.page_groups",
    "Query.organizations": "omc.list_departments idaas.page_sub_organs idaas.list_sub_organs",
    "Query.networkElements": "omc.query_table_ne_info_where omc.get_ne_state_all",
    "Query.subscribers": "omc.list_subscribers",
    "Query.alarms": "omc.query_table_alarm_sql",
    "Query.devices": "beaver.search_devices",
    "Query.entities": "beaver.search_entities",
    "Query.workflows": "beaver.search_workflows",
    "Query.deviceApprovals": "nce.query_access_approvals",
    "User.roles": "omc.get_user supos.get_user idaas.page_user_groups",
    "User.menus": "beaver.list_user_menus supos.list_user_menus",
    "Role.users": (
        "omc.list_users omc.list_role_users beaver.search_users beaver.list_role_members supos.list_users "
        "idaas.page_group_members"
    ),
    "Role.menus": "omc.get_role_menu_tree beaver.list_role_menus supos.list_role_menus",
    "Role.resources": (
        "beaver.list_role_resources beaver.list_role_integrations beaver.list_role_devices "
        "beaver.list_role_dashboards"
    ),
    "Organization.users": "omc.list_users idaas.page_users",
    "NetworkElement.state": "omc.get_ne_state_all omc.get_ne_state_udm omc.get_ne_state_omc",
    "NetworkElement.kpiDefinitions": "omc.list_kpi_titles",
    "NetworkElement.kpis": "omc.query_kpi_data",
    "NetworkElement.onlineUsers": "omc.get_smf_ue_info omc.get_ims_ue_info omc.query_n3iwf_ue",
    "NetworkElement.onlineUserCount": "omc.get_smf_ue_num",
    "NetworkElement.baseStations": "omc.get_amf_nb_info",
    "NetworkElement.parameters": (
        "omc.get_udm_config_system omc.get_udm_config_subs_ue_ambr omc.get_udm_config_smf_selection "
        "omc.get_amf_config_guami"
    ),
    "Subscriber.authentication": "omc.get_auth_data",
    "Subscriber.policy": "omc.query_pcf_ue",
    "Subscriber.sessions": "omc.get_smf_ue_info omc.get_ims_ue_info omc.query_n3iwf_ue",
    "Entity.children": "beaver.list_entity_children",
    "Entity.value": "beaver.get_entity_status",
    "Entity.history": "beaver.search_entity_history",
    "Entity.aggregate": "beaver.aggregate_entity_history",
    "Device.integration": "beaver.get_integration",
    "Device.approvals": "nce.query_access_approvals",
    "DeviceApproval.device": "beaver.search_devices beaver.get_device",
    "Workflow.runs": "beaver.search_workflow_logs",
    "WorkflowRun.steps": "beaver.get_workflow_log",
    "Mutation.createUser": "omc.create_user beaver.create_user supos.add_user idaas.create_user",
    "Mutation.updateUser": "omc.update_user beaver.update_user supos.update_user idaas.update_user",
    "Mutation.setUserStatus": "omc.update_user_status supos.update_user idaas.update_user idaas.dismiss_users",
    "Mutation.resetUserPassword": "omc.reset_user_password beaver.reset_user_password idaas.update_user",
    "Mutation.deleteUsers": (
        "omc.delete_users beaver.batch_delete_users supos.batch_delete_users idaas.delete_users"
    ),
    "Mutation.assignRoles": "beaver.associate_role_users supos.bind_user_roles idaas.add_group_users",
    "Mutation.unassignRoles": (
        "beaver.disassociate_role_users supos.unbind_user_roles idaas.remove_group_users"
    ),
    "Mutation.createRole": "omc.create_role beaver.create_role idaas.save_group",
    "Mutation.updateRole": "omc.update_role beaver.update_role idaas.save_group",
    "Mutation.deleteRoles": "omc.delete_roles beaver.delete_role idaas.delete_group",
    "Mutation.createOrganization": "omc.create_department idaas.save_organ",
    "Mutation.updateOrganization": "omc.update_department idaas.save_organ",
    "Mutation.deleteOrganization": "omc.delete_department idaas.delete_organ",
    "Mutation.createNetworkElement": "omc.create_ne_info",
    "Mutation.updateNetworkElement": "omc.update_ne_info",
    "Mutation.deleteNetworkElement": "omc.delete_ne_info",
    "Mutation.runMml": "omc.run_mml_udm omc.run_mml_omc",
    "Mutation.createSubscriber": "omc.add_subscriber omc.batch_add_subscribers",
    "Mutation.updateSubscriber": "omc.update_subscriber",
    "Mutation.deleteSubscribers": "omc.delete_subscriber",
    "Mutation.setAuthentication": "omc.add_auth_data omc.update_auth_data",
    "Mutation.setPolicy": "omc.add_pcf_ue omc.update_pcf_ue",
    "Mutation.createDevice": "beaver.create_device",
    "Mutation.updateDevice": "beaver.update_device",
    "Mutation.deleteDevices": "beaver.batch_delete_devices",
    "Mutation.updateWorkflow": "beaver.update_workflow",
    "Mutation.setWorkflowEnabled": "beaver.enable_workflow beaver.disable_workflow",
    "Mutation.deleteWorkflows": "beaver.batch_delete_workflows",
    "Mutation.approveDevices": "nce.approve_access",
    "Mutation.updateDeviceApprovals": "nce.update_access_approvals",
    "Subscription.alarms": "omc.post_alarm_smf omc.post_alarm_amf omc.query_table_alarm_sql",
    "Subscription.ueEvents": "omc.post_ue_detach omc.post_ue_cm_state omc.post_ue_auth_result",
    "Query.ueEvents": "omc.post_ue_detach omc.post_ue_cm_state omc.post_ue_auth_result",
    "Subscription.callRecords": "omc.post_cdr_event_ims",
    "Query.callRecords": "omc.post_cdr_event_ims",
    "Subscription.measurements": "omc.post_measure_report_smf omc.post_measurement_smf",
    "Subscription.networkElementStates": "omc.get_ne_state_all",
    "Subscription.entityValues": "beaver.connect_websocket beaver.get_entity_status",
}
"""Field -> documented operations, as `<dialect>.<operation>`."""


def lineage_of(field: str) -> list[Rest]:
    """The directives of a field that joins sources."""
    named = SERVED.get(field, "").split()
    if field == "Source.health":
        named = [
            f"{dialect.value.lower()}.{operation.name}"
            for dialect, operations in OPERATIONS.items()
            for operation in operations
            if operation.effect is Effect.SIGN_IN
        ]
    found = []
    for name in named:
        dialect, _, operation = name.partition(".")
        declared = _DECLARED[Dialect[dialect.upper()]][operation]
        found.append(Rest(dialect=Dialect[dialect.upper()], method=declared.method, path=declared.path))
    return found


_DECLARED: dict[Dialect, dict[str, Any]] = {
    dialect: {operation.name: operation for operation in operations}
    for dialect, operations in OPERATIONS.items()
}
