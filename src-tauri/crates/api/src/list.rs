//! The one list of commands. Every host and every binding is made from it.

/// Calls a macro with every command: `name(Request) -> Response`, each with a word on what it does.
/// The names are frozen: they stand in journals and in scripts.
#[macro_export]
macro_rules! with_commands {
    ($callback:ident) => {
        $callback! {
            // Workspace
            create_workspace(CreateWorkspace) -> WorkspaceInfo,
            probe_workspace(ProbeWorkspace) -> WorkspaceProbe,
            open_workspace(OpenWorkspace) -> WorkspaceInfo,
            close_workspace(Empty) -> Empty,
            workspace_info(Empty) -> WorkspaceInfo,
            changed_since(ChangedSince) -> Changes,
            set_profile(SetProfile) -> WorkspaceInfo,
            change_passphrase(ChangePassphrase) -> Empty,
            backup_workspace(BackupWorkspace) -> BackupWritten,
            auto_backup(AutoBackup) -> AutoBackupDone,
            list_backups(ListBackups) -> Backups,
            restore_workspace(RestoreWorkspace) -> WorkspaceInfo,
            verify_workspace(Empty) -> Verification,
            history(History) -> HistoryPage,
            undo(Undo) -> HistoryEntry,
            look_back(LookBack) -> WorkspaceInfo,
            look_now(Empty) -> WorkspaceInfo,
            make_demo(MakeDemo) -> DemoMade,
            // Frameworks and finder
            list_frameworks(Empty) -> Frameworks,
            finder_questions(Empty) -> FinderQuestions,
            find_saq(FindSaq) -> FinderState,
            find_saq_together(FindSaqTogether) -> FinderTogether,
            processing_starter(Empty) -> ProcessingStarter,
            import_checklist(ImportChecklist) -> ChecklistImported,
            // Assessments
            start_assessment(StartAssessment) -> AssessmentSummary,
            change_scope(ChangeScope) -> AssessmentSummary,
            carry_over(CarryOver) -> CarriedOver,
            confirm_criterion(ConfirmCriterion) -> AssessmentSummary,
            list_assessments(Empty) -> Assessments,
            sign_off(SignOffAssessment) -> AssessmentSummary,
            next_assessment(NextAssessment) -> AssessmentSummary,
            compare_assessments(CompareAssessments) -> Comparison,
            overview(Empty) -> Overview,
            data_quality(Empty) -> DataQuality,
            // Requirements
            list_requirements(ListRequirements) -> Requirements,
            show_requirement(ShowRequirement) -> RequirementDetail,
            answer_requirement(AnswerRequirement) -> RequirementDetail,
            answer_many(AnswerMany) -> Requirements,
            list_worksheets(ListWorksheets) -> Worksheets,
            // Evidence
            attach_evidence(AttachEvidence) -> EvidenceList,
            paste_evidence(PasteEvidence) -> EvidenceList,
            add_note(AddNote) -> EvidenceList,
            add_link(AddLink) -> EvidenceList,
            prepare_attachment(PrepareAttachment) -> AttachmentPrepared,
            list_evidence(ListEvidence) -> EvidenceList,
            show_evidence(EvidenceRequest) -> EvidencePreview,
            export_evidence(ExportEvidence) -> FileWritten,
            replace_evidence(ReplaceEvidence) -> EvidenceView,
            set_evidence(SetEvidence) -> EvidenceView,
            link_evidence(LinkEvidence) -> EvidenceView,
            remove_evidence(RemoveEvidence) -> EvidenceView,
            // Tasks
            add_task(AddTask) -> TaskView,
            set_task(SetTask) -> TaskView,
            comment_task(CommentTask) -> TaskView,
            list_tasks(ListTasks) -> Tasks,
            task_from_gap(TaskFromGap) -> TaskView,
            plan_duties(PlanDuties) -> Duties,
            export_tasks(ExportTasks) -> FileWritten,
            // Providers
            add_provider(AddProvider) -> ProviderView,
            set_provider(SetProvider) -> ProviderView,
            list_providers(ListProviders) -> Providers,
            provider_letter(ProviderLetter) -> Letter,
            export_providers(ExportCsv) -> FileWritten,
            // Registers of the GDPR
            add_processing(AddProcessing) -> ProcessingView,
            set_processing(SetProcessing) -> ProcessingView,
            list_processing(ListProcessing) -> ProcessingRecord,
            start_processing(StartProcessing) -> ProcessingStarted,
            export_processing(ExportCsv) -> FileWritten,
            add_person_request(AddPersonRequest) -> PersonRequestView,
            set_person_request(SetPersonRequest) -> PersonRequestView,
            list_person_requests(ListPersonRequests) -> PersonRequests,
            export_person_requests(ExportCsv) -> FileWritten,
            add_breach(AddBreach) -> BreachView,
            set_breach(SetBreach) -> BreachView,
            list_breaches(ListBreaches) -> Breaches,
            export_breaches(ExportCsv) -> FileWritten,
            // Report
            export_report(ExportReport) -> ReportMade,
            export_bundle(ExportBundle) -> BundleMade,
            verify_bundle(VerifyBundle) -> Verification,
            export_spreadsheet(ExportResults) -> FileWritten,
            export_oscal(ExportResults) -> FileWritten,
            import_reply(ImportReply) -> ReplyImported,
            list_replies(Empty) -> Replies,
        }
    };
}
