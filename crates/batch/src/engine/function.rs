//! Kernels as functions of DataFusion.

use std::hash::{Hash, Hasher};

use datafusion::arrow::datatypes::DataType;
use datafusion::common::exec_err;
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use crate::kernels::{self, Kernel};

/// All kernels as functions, by their full names.
pub fn functions() -> Vec<ScalarUDF> {
    kernels::ALL.into_iter().map(|kernel| ScalarUDF::new_from_impl(Function::new(kernel))).collect()
}

/// A call of a kernel.
pub fn call(kernel: Kernel, arguments: Vec<Expr>) -> Expr {
    ScalarUDF::new_from_impl(Function::new(kernel)).call(arguments)
}

#[derive(Debug)]
struct Function {
    name: String,
    signature: Signature,
    kernel: Kernel,
}

impl Function {
    fn new(kernel: Kernel) -> Self {
        // Kernels look at the types themselves: whether the items of a list may be null does not matter to them, as it would to DataFusion.
        let signature = Signature::any((kernel.takes)().len(), Volatility::Immutable);
        Self { name: kernel.full_name(), signature, kernel }
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, given: &[DataType]) -> Result<DataType> {
        let taken = (self.kernel.takes)();
        match given.iter().zip(&taken).find(|(given, taken)| !given.equals_datatype(taken)) {
            Some((given, taken)) => exec_err!("{} takes {taken}, not {given}", self.kernel.name),
            None => Ok((self.kernel.gives)()),
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        Ok(ColumnarValue::Array((self.kernel.call)(&columns)?))
    }
}
