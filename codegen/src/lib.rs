//! Compiles a DataMiner connector file.
