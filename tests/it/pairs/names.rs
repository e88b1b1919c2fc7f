//! The public names of outputs: what other people's code and links depend on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::{
    FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type, TypeParamBound,
    Visibility,
};

/// What this file looks at.
pub(super) const TOOLS: [&str; 3] = ["rust", "openapi", "links"];

/// The names of each tool, as in `("rust", "keys::Code::AliasTaken")`.
pub(super) struct Names(BTreeSet<(&'static str, String)>);

impl Names {
    /// The names in the outputs of a folder.
    pub(super) fn of(folder: &Path) -> Self {
        let mut names = Self(BTreeSet::new());
        names.rust(&folder.join("rust"));
        let openapi = fs::read_to_string(folder.join("openapi/errors.openapi.yaml")).unwrap();
        names.openapi(&openapi);
        let page = fs::read_to_string(folder.join("markdown/errors.md")).unwrap();
        for anchor in page.split("<a id=\"").skip(1) {
            names.add("links", anchor.split('"').next().unwrap());
        }
        names
    }

    /// The names that another side lacks.
    pub(super) fn without(&self, other: &Self) -> BTreeSet<(&'static str, String)> {
        &self.0 - &other.0
    }

    fn add(&mut self, tool: &'static str, name: impl Into<String>) {
        self.0.insert((tool, name.into()));
    }

    /// The keys of `components`: those two levels deep.
    fn openapi(&mut self, text: &str) {
        let mut group = "";
        let components = text.lines().skip_while(|line| *line != "components:").skip(1);
        for line in components.take_while(|line| line.starts_with(' ')) {
            let key = line.trim_start().split(':').next().unwrap();
            match line.len() - line.trim_start().len() {
                2 => group = key,
                4 => self.add("openapi", format!("{group}/{key}")),
                _ => {}
            }
        }
    }

    /// What the crate makes public, with the signature of each function.
    fn rust(&mut self, folder: &Path) {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        self.add("rust", format!("package {}", manifest["package"]["name"].as_str().unwrap()));
        let lib = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        for item in syn::parse_file(&lib).unwrap().items {
            let Item::Mod(module) = item else { continue };
            if let Visibility::Public(_) = module.vis {
                let name = module.ident.to_string();
                let file = folder.join("src").join(format!("{name}.rs"));
                let source = fs::read_to_string(file).unwrap();
                for item in syn::parse_file(&source).unwrap().items {
                    self.item(&name, &item);
                }
            }
        }
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Enum(item) => {
                for variant in &item.variants {
                    self.add("rust", format!("{module}::{}::{}", item.ident, variant.ident));
                }
            }
            Item::Struct(item) if is_public(&item.vis) => {
                self.add("rust", format!("{module}::{}", item.ident));
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().unwrap();
                    self.add(
                        "rust",
                        format!("{module}::{}::{name}: {}", item.ident, shown(&field.ty)),
                    );
                }
            }
            Item::Fn(item) if is_public(&item.vis) => {
                self.add("rust", format!("{module}::{}", signature(&item.sig)));
            }
            Item::Impl(item) => {
                let of = shown(&item.self_ty);
                if let Some((_, path, _)) = &item.trait_ {
                    self.add("rust", format!("impl {} for {module}::{of}", shown_path(path)));
                }
                for item in &item.items {
                    match item {
                        ImplItem::Fn(item) if is_public(&item.vis) => {
                            self.add("rust", format!("{module}::{of}::{}", signature(&item.sig)));
                        }
                        ImplItem::Const(item) if is_public(&item.vis) => {
                            self.add("rust", format!("{module}::{of}::{}", item.ident));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn signature(signature: &syn::Signature) -> String {
    let arguments: Vec<String> = signature
        .inputs
        .iter()
        .map(|argument| match argument {
            FnArg::Receiver(_) => "self".to_owned(),
            FnArg::Typed(argument) => shown(&argument.ty),
        })
        .collect();
    let output = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, output) => format!(" -> {}", shown(output)),
    };
    format!("{}({}){output}", signature.ident, arguments.join(", "))
}

fn shown(one: &Type) -> String {
    match one {
        Type::Path(path) => shown_path(&path.path),
        Type::Reference(reference) => format!("&{}", shown(&reference.elem)),
        Type::Slice(slice) => format!("[{}]", shown(&slice.elem)),
        Type::Array(array) => format!("[{}; _]", shown(&array.elem)),
        Type::Tuple(tuple) => {
            format!("({})", tuple.elems.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Type::ImplTrait(bounds) => format!("impl {}", shown_bounds(&bounds.bounds)),
        Type::TraitObject(bounds) => format!("dyn {}", shown_bounds(&bounds.bounds)),
        other => panic!("a type that is new here: {:?}", std::mem::discriminant(other)),
    }
}

fn shown_bounds<'b>(bounds: impl IntoIterator<Item = &'b TypeParamBound>) -> String {
    let bounds = bounds.into_iter().map(|bound| match bound {
        TypeParamBound::Trait(bound) => shown_path(&bound.path),
        _ => "'_".to_owned(),
    });
    bounds.collect::<Vec<_>>().join(" + ")
}

fn shown_path(path: &syn::Path) -> String {
    let segments = path.segments.iter().map(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => {
            let arguments = arguments.args.iter().map(|argument| match argument {
                GenericArgument::Type(one) => shown(one),
                GenericArgument::AssocType(one) => format!("{} = {}", one.ident, shown(&one.ty)),
                _ => "_".to_owned(),
            });
            format!("{}<{}>", segment.ident, arguments.collect::<Vec<_>>().join(", "))
        }
        _ => segment.ident.to_string(),
    });
    segments.collect::<Vec<_>>().join("::")
}
