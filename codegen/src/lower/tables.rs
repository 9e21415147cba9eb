//! Tables, matrices and relations.

use genlock_spec::{Array, Column, Mapping, Matrix, ParamIndex, Relation, Rows, Setting, Source};

use super::params::rows;
use super::{Lower, row_id};
use crate::model::{self, Entry, NamePart, Target};

impl Lower<'_> {
    pub(super) fn tables(&mut self) {
        for (position, param) in self.model.params.iter().enumerate() {
            let index = ParamIndex(position as u32);
            if let Some(table) = &param.table {
                let row = Array {
                    pid: row_id(&param.head),
                    name: self.text(param.head.name()),
                    line: param.head.line,
                    param: index,
                    key_column: table.key_column,
                    display_column: table.display_column,
                    naming: self.naming(&table.naming),
                    columns: self.columns(&table.columns),
                    page_size: table.page_size,
                    options: self.settings(&table.options),
                };
                self.spec.arrays.push(row);
            }
            if let Some(matrix) = &param.matrix {
                let side = |side: &model::Side| side.table.as_ref().and_then(|table| self.item(table, Target::Param));
                let (inputs, outputs) = (side(&matrix.inputs), side(&matrix.outputs));
                let row = Matrix {
                    param: index,
                    inputs,
                    outputs,
                    input_columns: self.mappings(&matrix.inputs),
                    output_columns: self.mappings(&matrix.outputs),
                    options: self.settings(&matrix.options),
                };
                self.spec.matrices.push(row);
            }
        }
    }

    pub(super) fn relations(&mut self) {
        for relation in &self.model.relations {
            let row = Relation {
                name: self.text(relation.name.as_ref().map_or("", |name| &name.value)),
                path: self.items(&relation.path, Target::Param),
                options: self.settings(&relation.options),
            };
            self.spec.relations.push(row);
        }
    }

    /// By number: that is how they are found in a row.
    fn columns(&mut self, columns: &[model::Column]) -> Rows<Column> {
        let mut sorted: Vec<&model::Column> = columns.iter().collect();
        sorted.sort_by_key(|column| column.idx);
        let start = self.spec.columns.len();
        for column in sorted {
            let Some(param) = self.item(&column.param, Target::Param) else { continue };
            let row = Column {
                idx: column.idx,
                param,
                kind: column.kind,
                save: column.options.iter().any(|option| option.is("save")),
                foreign_key: column.foreign_key.as_ref().and_then(|table| self.item(table, Target::Param)),
                value: column.value.as_ref().map(|value| self.text(&value.value)),
                polling_rate_ms: column.polling_rate_ms,
                options: self.settings(&column.options),
            };
            self.spec.columns.push(row);
        }
        rows(start, self.spec.columns.len())
    }

    fn naming(&mut self, parts: &[NamePart]) -> Rows<Source> {
        let start = self.spec.name_parts.len();
        for part in parts {
            let row = match part {
                NamePart::Text(text) => Source::Literal(self.text(text)),
                NamePart::Column(pid) => self.item(pid, Target::Param).map_or(Source::None, Source::Param),
            };
            self.spec.name_parts.push(row);
        }
        rows(start, self.spec.name_parts.len())
    }

    fn mappings(&mut self, side: &model::Side) -> Rows<Mapping> {
        let start = self.spec.mappings.len();
        for (name, column) in &side.columns {
            let Some(param) = self.item(column, Target::Param) else { continue };
            let name = self.text(name);
            self.spec.mappings.push(Mapping { name, param });
        }
        rows(start, self.spec.mappings.len())
    }

    pub(super) fn settings(&mut self, options: &[Entry]) -> Rows<Setting> {
        let start = self.spec.settings.len();
        for option in options {
            let row = Setting { name: self.text(&option.name), value: self.text(&option.value) };
            self.spec.settings.push(row);
        }
        rows(start, self.spec.settings.len())
    }
}
