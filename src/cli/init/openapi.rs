//! OpenAPI documents: components that they can refer to.

use super::proposal::Proposal;
use super::repo::Repo;

/// Components in the folder of an OpenAPI document.
pub(super) fn openapi(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let folders = [".", "api", "docs", "openapi", "spec"];
    let files = folders.into_iter().flat_map(|folder| {
        ["openapi.yaml", "openapi.yml", "openapi.json"].map(|file| (folder, file))
    });
    let (folder, file) =
        files.into_iter().find(|(folder, file)| repo.has(&format!("{folder}/{file}")))?;
    let path = if folder == "." { file.to_owned() } else { format!("{folder}/{file}") };
    let document = repo.yaml(&path);
    let is_3_0 = document
        .as_ref()
        .and_then(|document| document.get("openapi")?.as_str())
        .is_some_and(|version| version.starts_with("3.0."));
    let version = is_3_0.then(|| ("version", "3.0.3".to_owned()));
    let folder_of_catalog = name.map_or_else(String::new, |name| format!("{name}/"));
    let reference =
        format!("{folder_of_catalog}errors.openapi.yaml#/components/responses/ApiError404");
    Some(Proposal {
        options: version.into_iter().collect(),
        because: Some(format!("Because of {path}: components that it can refer to")),
        next: Some(format!(
            "refer to the responses in {path}, as in `\"404\": {{\"$ref\": \"{reference}\"}}`"
        )),
        ..Proposal::new("openapi", folder, name)
    })
}
