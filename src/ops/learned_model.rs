//! Models as files: the one of a folder, kept for the user, and those that are handed on.

use std::path::{Path, PathBuf};

use crate::store::{
    Access, ReadError, WriteError, atomic_write, exists, is_folder, is_stream, model_file,
    read_model_file, remove_model_file, write_model_file, write_stream,
};
use crate::suggest::{LearnedModel, ModelFileError};

/// Why a model cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadModelError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is no model.
    #[error("{file}: {error}")]
    File {
        /// The file.
        file: String,
        /// What is wrong.
        error: ModelFileError,
    },
}

/// Why a model cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SaveModelError {
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What is there is no model.
    #[error("{}: this file holds nothing that was learned, so it is not replaced; name another file", .0.display())]
    OverOther(PathBuf),
    /// It cannot be put into words.
    #[error(transparent)]
    File(#[from] ModelFileError),
}

/// Reads a model.
///
/// # Errors
/// [`LoadModelError`] where the file cannot be read or is no model of this version.
pub fn load_model(path: &Path) -> Result<LearnedModel, LoadModelError> {
    let json = read_model_file(path)?;
    LearnedModel::from_json(&json).map_err(|error| LoadModelError::File {
        file: path.display().to_string(),
        error,
    })
}

/// Writes a model where a person wants it, completely or not at all; a device or a pipe takes it as it comes.
///
/// # Errors
/// [`SaveModelError`] where that place cannot be written, or holds something that is no model.
pub fn save_model(path: &Path, model: &LearnedModel) -> Result<(), SaveModelError> {
    if is_stream(path) {
        return Ok(write_stream(path, model.to_json()?.as_bytes())?);
    }
    let is_other = |path: &Path| {
        let there = read_model_file(path);
        there.map_or(true, |json| {
            !json.is_empty() && LearnedModel::from_json(&json).is_err()
        })
    };
    if exists(path) && !is_folder(path) && is_other(path) {
        return Err(SaveModelError::OverOther(path.to_owned()));
    }
    atomic_write(path, model.to_json()?.as_bytes(), None, Access::Usual)?;
    Ok(())
}

/// The model that is kept for a folder, if any.
///
/// # Errors
/// As [`load_model`].
pub fn kept_model(state: &Path, folder: &Path) -> Result<Option<LearnedModel>, LoadModelError> {
    let path = model_file(state, folder);
    match exists(&path) {
        true => load_model(&path).map(Some),
        false => Ok(None),
    }
}

/// Keeps the model of a folder in the user's state folder.
///
/// # Errors
/// [`SaveModelError`] where that cannot be written.
pub fn keep_model(state: &Path, folder: &Path, model: &LearnedModel) -> Result<(), SaveModelError> {
    write_model_file(&model_file(state, folder), &model.to_json()?)?;
    Ok(())
}

/// Forgets the model of a folder; `false` where there is none.
///
/// # Errors
/// [`WriteError`] where the file stays.
pub fn forget_model(state: &Path, folder: &Path) -> Result<bool, WriteError> {
    remove_model_file(&model_file(state, folder))
}
